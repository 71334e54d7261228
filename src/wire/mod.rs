//! Bytes and their meaning. No sockets.

<<<<<<< HEAD
pub mod cert;
=======
pub mod line;
>>>>>>> probe
