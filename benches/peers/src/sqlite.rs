//! SQLite in a small process: `sqlite query DATABASE SQL` prints rows, `sqlite import DATABASE FILE` stores lines durably.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _, stdout};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["query", database, sql] => query(database, sql),
        ["import", database, file] => import(database, file),
        _ => Err("sqlite query DATABASE SQL | sqlite import DATABASE FILE".into()),
    }
}

fn query(database: &str, sql: &str) -> Result<(), Box<dyn Error>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut out = stdout().lock();
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            let gap = if column == 0 { "" } else { "|" };
            match row.get_ref(column)? {
                ValueRef::Null => write!(out, "{gap}")?,
                ValueRef::Integer(number) => write!(out, "{gap}{number}")?,
                ValueRef::Real(number) => write!(out, "{gap}{number}")?,
                ValueRef::Text(text) | ValueRef::Blob(text) => {
                    write!(out, "{gap}")?;
                    out.write_all(text)?;
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Every line of the file in one transaction, on the disk when it ends.
fn import(database: &str, file: &str) -> Result<(), Box<dyn Error>> {
    let mut connection = Connection::open(database)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let transaction = connection.transaction()?;
    transaction.execute_batch("CREATE TABLE lines (seq INTEGER PRIMARY KEY, line TEXT NOT NULL)")?;
    {
        let mut insert = transaction.prepare("INSERT INTO lines (line) VALUES (?1)")?;
        let mut reader = BufReader::with_capacity(1 << 20, File::open(file)?);
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            insert.execute([line.trim_end_matches('\n')])?;
            line.clear();
        }
    }
    transaction.commit()?;
    Ok(())
}
