//! Where a server lives: a directory, a loopback address, free ports, and its configuration.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::SystemTime;

use tempfile::TempDir;

/// The next loopback address that no other server of this run was given: from 127.0.0.5 up.
///
/// A server of its own address cannot lose its ports to a neighbour's. 127.0.0.1 to 127.0.0.4 stay
/// free, for the client dials from 127.0.0.1, and a Dovecot whose client has its own address calls
/// the connection secure.
pub fn fresh_address() -> Ipv4Addr {
    static TAKEN: AtomicU8 = AtomicU8::new(0);
    let taken = TAKEN.fetch_add(1, Ordering::Relaxed);
    Ipv4Addr::new(127, 0, 0, 5 + taken % 240)
}

/// Distinct ports of `address` on which nothing listened a moment ago.
pub fn free_ports<const N: usize>(address: Ipv4Addr) -> [u16; N] {
    let held = [(); N].map(|()| {
        TcpListener::bind((address, 0)).expect("loopback addresses have free ports to bind")
    });
    held.map(|listener| {
        listener
            .local_addr()
            .expect("a bound socket has an address")
            .port()
    })
}

/// Such ports for all that a mail proxy serves, by the names that the fleet gives its services.
pub fn mail_ports(address: Ipv4Addr) -> [(&'static str, u16); 6] {
    let [pop3, pop3s, imap, imaps, submission, submissions] = free_ports(address);
    [
        ("pop3", pop3),
        ("pop3s", pop3s),
        ("imap", imap),
        ("imaps", imaps),
        ("submission", submission),
        ("submissions", submissions),
    ]
}

/// A directory that other users may enter, for servers leave root behind; gone when dropped.
pub fn directory() -> TempDir {
    let directory = tempfile::Builder::new()
        .prefix("mailfleet-real-")
        .tempdir()
        .expect("a temporary directory can be made");
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755))
        .expect("our own directory's mode can be set");
    directory
}

/// Copies the configuration files of `tests/real/<set>` into `directory`, each `@NAME@` filled in.
///
/// # Panics
/// If a word between two `@` is left over: a template and its test have come apart.
pub fn configure(set: &str, directory: &Path, values: &[(&str, String)]) {
    for template in templates(set) {
        let mut text = fs::read_to_string(&template).expect("a template can be read");
        for (name, value) in values {
            text = text.replace(&format!("@{name}@"), value);
        }
        assert!(
            !has_blank(&text),
            "{} has a word that nothing fills in: {text}",
            template.display()
        );
        let name = template.file_name().expect("a file has a name");
        let mut file = fs::File::create(directory.join(name)).expect("our directory is writable");
        file.write_all(text.as_bytes())
            .expect("a configuration can be written");
        // Postfix waits until a configuration that was changed just now is two seconds old.
        file.set_modified(SystemTime::UNIX_EPOCH)
            .expect("our own file's time can be set");
    }
}

/// Whether a capital word between two `@` is left; a single `@` belongs to the server's own language.
fn has_blank(text: &str) -> bool {
    let mut parts = text.split('@').skip(1).peekable();
    while let Some(part) = parts.next() {
        let word = !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        if word && parts.peek().is_some() {
            return true;
        }
    }
    false
}

fn templates(set: &str) -> Vec<PathBuf> {
    let source = material(set);
    let files: Vec<PathBuf> = fs::read_dir(&source)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", source.display()))
        .map(|entry| entry.expect("a directory entry can be read").path())
        .collect();
    assert!(
        !files.is_empty(),
        "{} holds no configuration",
        source.display()
    );
    files
}

/// A file of `tests/real`.
pub fn material(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/real")
        .join(name)
}

/// What `tests/run` laid down below the target directory, because no package can be installed beside
/// the others.
///
/// # Panics
/// If it is not there.
pub fn laid_down(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/real")
        .join(name);
    assert!(
        place.exists(),
        "{} is missing: run tests/run, which lays it down",
        place.display()
    );
    place
}

/// The numbers of a system user, from `/etc/passwd`: user and group.
pub fn ids_of(user: &str) -> Option<(u32, u32)> {
    let passwd = fs::read_to_string("/etc/passwd").ok()?;
    let line = passwd
        .lines()
        .find(|line| line.split(':').next() == Some(user))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
