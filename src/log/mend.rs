//! Mending what a writer left that died while it wrote. Only ever under the lock.

use std::path::PathBuf;

use super::{Log, LogError, Torn, disk};

/// A torn tail that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// What was there.
    pub torn: Torn,
    /// What was done with it.
    pub mending: Mending,
}

/// What was done with a torn tail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mending {
    /// It was a whole line with the right chain: it got its newline.
    Ended,
    /// It was part of a line: it was copied to this file and cut off.
    SetAside(PathBuf),
}

impl Log {
    /// Mends a torn tail for good: the copy is on the disk before anything is cut.
    pub(super) fn mend(&self, torn: Torn) -> Result<Mended, LogError> {
        let path = &torn.file;
        if torn.whole {
            let file = disk::open_append(path)?;
            disk::write(&file, path, b"\n")?;
            disk::sync(&file, path)?;
            return Ok(Mended { torn, mending: Mending::Ended });
        }
        let file = disk::open_write(path)?;
        let segment = path.file_stem().unwrap_or_default().to_string_lossy();
        let aside = disk::copy_tail(&file, torn.offset, &self.dir().join(".aside"), &format!("{segment}-{}", torn.offset))?;
        disk::truncate(&file, path, torn.offset)?;
        Ok(Mended { torn, mending: Mending::SetAside(aside) })
    }
}

impl std::fmt::Display for Mended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Torn { file, offset, length, whole: _ } = &self.torn;
        let file = file.display();
        match &self.mending {
            Mending::Ended => write!(f, "{file}: the last line had lost its newline; it has one again"),
            Mending::SetAside(aside) => {
                let aside = aside.display();
                write!(f, "{file}: the last {length} bytes, from byte {offset} on, were no whole line; they are now in {aside}")
            }
        }
    }
}
