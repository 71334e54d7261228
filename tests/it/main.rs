//! Tests across rooms, one file per topic.

mod report;
