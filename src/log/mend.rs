//! Mending what a writer left that died while it wrote. Only ever under the lock.

use std::path::PathBuf;

use super::{Log, LogError, Torn};

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
        let file = self.disk().appending(&torn.file)?;
        if torn.whole {
            file.write(b"\n")?;
            self.sync(&file)?;
            return Ok(Mended { torn, mending: Mending::Ended });
        }
        let segment = torn.file.file_stem().unwrap_or_default().to_string_lossy();
        let aside = self.disk().set_aside(&self.aside(), &format!("{segment}-{}", torn.offset), &file, torn.offset)?;
        self.cut(&file, torn.offset)?;
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
