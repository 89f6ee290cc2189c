//! The cells of a row, as its columns say how to read them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};

/// How the cells of a column are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// What stands between the values of a cell that holds several.
    pub split: Vec<String>,
    /// How its dates are written (in the letters of `strftime`); none: as the log has them.
    pub dates: Vec<String>,
    /// What some values stand for.
    pub values: BTreeMap<String, String>,
}

impl Column {
    /// The values of a cell; none if it is empty.
    fn read(&self, cell: &str) -> Result<Vec<String>, String> {
        let mut values = vec![Cow::Borrowed(cell.trim())];
        for separator in &self.split {
            values = values
                .iter()
                .flat_map(|value| value.split(separator.as_str()))
                .map(|part| part.trim().to_owned().into())
                .collect();
        }
        let mut read = Vec::with_capacity(values.len());
        for value in values {
            let value = self.values.get(&*value).map_or(&*value, String::as_str);
            if !value.is_empty() {
                read.push(self.dated(value)?);
            }
        }
        Ok(read)
    }

    /// A date in the log's own form.
    fn dated(&self, value: &str) -> Result<String, String> {
        if self.dates.is_empty() {
            return Ok(value.to_owned());
        }
        let day = |form: &String| NaiveDate::parse_from_str(value, form).ok().map(|day| day.to_string());
        let time = |form: &String| {
            let time = NaiveDateTime::parse_from_str(value, form).ok()?;
            Some(time.format("%Y-%m-%dT%H:%M:%S").to_string())
        };
        let read = self.dates.iter().find_map(|form| time(form).or_else(|| day(form)));
        read.ok_or_else(|| format!("\"{value}\" is no date of the form {}", self.dates.join(" or ")))
    }
}

/// The values of a row by column.
#[derive(Debug)]
pub(super) struct Cells<'h> {
    at: &'h HashMap<String, usize>,
    values: Vec<Vec<String>>,
}

impl<'h> Cells<'h> {
    /// Reads the cells of a row; what is wrong is said with the column.
    pub fn read(header: &'h Header, row: &csv::StringRecord) -> Result<Self, Vec<String>> {
        let (mut values, mut wrong) = (Vec::with_capacity(row.len()), Vec::new());
        for (cell, column) in row.iter().zip(&header.columns) {
            match column {
                Some(column) => match column.read(cell) {
                    Ok(read) => values.push(read),
                    Err(says) => {
                        wrong.push(format!("column {}: {says}", header.names.get(values.len()).map_or("", String::as_str)));
                        values.push(Vec::new());
                    }
                },
                None => values.push(Some(cell.trim()).filter(|cell| !cell.is_empty()).map(str::to_owned).into_iter().collect()),
            }
        }
        if wrong.is_empty() { Ok(Self { at: &header.at, values }) } else { Err(wrong) }
    }

    /// The values of a column; none if the cell is empty.
    pub fn values(&self, column: &str) -> &[String] {
        self.at.get(column).and_then(|at| self.values.get(*at)).map_or(&[], Vec::as_slice)
    }
}

/// The columns of a table, by name and by number.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub names: Vec<String>,
    at: HashMap<String, usize>,
    columns: Vec<Option<Column>>,
}

impl Header {
    /// The columns of these names, read as the map says.
    pub fn of(names: Vec<String>, columns: &BTreeMap<String, Column>) -> Self {
        let at = names.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        let columns = names.iter().map(|name| columns.get(name).cloned()).collect();
        Self { names, at, columns }
    }

    /// Whether a column has this name.
    pub fn has(&self, name: &str) -> bool {
        self.at.contains_key(name)
    }
}
