//! The sample lists tell the story of the embedded fleet, and all of it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use mailfleet::demo::{ACCOUNTS_CSV, Fleet};
use mailfleet::model::{Endpoint, Host};

async fn fleet() -> Fleet {
    Fleet::start(Timestamp::now())
        .await
        .expect("loopback ports are free")
}

#[tokio::test]
async fn the_sample_accounts_use_every_server_of_the_story() {
    let fleet = fleet().await;
    let mut used = BTreeSet::new();
    let mut rows = 0;
    for record in csv::Reader::from_reader(ACCOUNTS_CSV.as_bytes()).records() {
        let record = record.expect("every record has as many fields as the header");
        rows += 1;
        if let (Ok(host), Ok(port)) = (record[4].parse::<Host>(), record[5].parse()) {
            used.insert(Endpoint::new(host, port));
        }
    }
    assert!((40..=50).contains(&rows), "{rows}");
    for (endpoint, _) in fleet.connect_to() {
        assert!(used.contains(&endpoint), "{endpoint}");
        assert!(fleet.hosts().contains(&endpoint.host));
    }
    for beyond in ["127.0.0.1:1143", "mail.yourcompany.example:3306"] {
        assert!(used.contains(&beyond.parse().expect("an endpoint")));
    }
}

#[tokio::test]
async fn the_chinese_sample_is_part_of_the_same_story() {
    let fleet = fleet().await;
    let servers: BTreeSet<Endpoint> = fleet.connect_to().into_iter().map(|(e, _)| e).collect();
    let sample = include_str!("../../samples/accounts-zh.csv");
    let mut rows = 0;
    for record in csv::Reader::from_reader(sample.as_bytes()).records() {
        let record = record.expect("every record has as many fields as the header");
        let endpoint = format!("{}:{}", &record[4], &record[5]);
        assert!(
            servers.contains(&endpoint.parse().expect("an endpoint")),
            "{endpoint}"
        );
        rows += 1;
    }
    assert!(rows > 0);
}
