//! Keeps what a slow step made, under the hash of everything that it was made of, so that the same work is not done twice.

use std::env;
use std::fs::{self, File};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::build::files;
use crate::root;

/// A hash of everything that a result depends on.
#[derive(Clone)]
pub struct Recipe(Sha256);

impl Recipe {
    /// The recipe of a step that crates of the lock file do.
    pub fn of(step: &str) -> Result<Recipe> {
        Recipe(Sha256::new())
            .with(step.as_bytes())
            .with_path(&root().join("Cargo.lock"))
    }

    /// The recipe of a step in which this program itself has a part.
    pub fn of_program() -> Result<Recipe> {
        let program = fs::read(env::current_exe()?)?;
        Ok(Recipe(Sha256::new()).with(&program))
    }

    pub fn with(mut self, bytes: &[u8]) -> Recipe {
        // Its length keeps two pieces from being taken for one.
        self.0.update(bytes.len().to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// With the name and the content of a file, or of every file below a folder.
    pub fn with_path(mut self, path: &Path) -> Result<Recipe> {
        let found = if path.is_dir() {
            files(path)?
        } else {
            vec![path.to_path_buf()]
        };
        for path in found {
            let name = path.strip_prefix(root()).unwrap_or(&path);
            self = self
                .with(name.to_string_lossy().as_bytes())
                .with(&fs::read(&path)?);
        }
        Ok(self)
    }

    fn name(self) -> String {
        hex(&self.0.finalize())
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What `make` gives, from the last time that it was called with this key, if there was one.
pub fn kept(key: Recipe, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let folder = root().join("target/kept");
    let path = folder.join(key.name());
    if let Ok(bytes) = fs::read(&path) {
        File::options()
            .write(true)
            .open(&path)?
            .set_modified(SystemTime::now())?;
        return Ok(bytes);
    }
    let bytes = make()?;
    fs::create_dir_all(&folder)?;
    // Written beside and moved, so that a broken write is never read.
    let part = path.with_extension(format!(
        "{}-{:?}",
        std::process::id(),
        thread::current().id()
    ));
    fs::write(&part, &bytes)?;
    fs::rename(&part, &path)?;
    Ok(bytes)
}

/// Forgets what was not asked for in two weeks.
pub fn prune() -> Result<()> {
    const LONGEST: Duration = Duration::from_secs(14 * 24 * 60 * 60);
    for path in files(&root().join("target/kept"))? {
        let unused = fs::metadata(&path)?.modified()?.elapsed();
        if unused.is_ok_and(|time| time > LONGEST) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_once_for_each_key() {
        let key = |piece: &[u8]| Recipe(Sha256::new()).with(b"a test").with(piece);
        let moment = format!("{:?}", std::time::SystemTime::now());
        let mut made = 0;
        for (piece, result) in [("a", "1"), ("a", "2"), ("b", "3")] {
            let key = key(moment.as_bytes()).with(piece.as_bytes());
            let bytes = kept(key, || {
                made += 1;
                Ok(result.into())
            });
            let expected = if piece == "a" { "1" } else { "3" };
            assert_eq!(bytes.expect("target/ can be written"), expected.as_bytes());
        }
        assert_eq!(made, 2);
        assert_ne!(key(b"ab").with(b"c").name(), key(b"a").with(b"bc").name());
    }
}
