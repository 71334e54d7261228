//! Tables of facts about the world: which mail clients there are, and what server software says.

pub mod clients;
pub mod servers;
