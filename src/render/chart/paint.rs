//! The colours, patterns and shapes of a picture. Each standing has a colour of its own and a pattern of its own, for those who do not see
//! the colour and for printers that have none.

use super::picture::width;
use crate::query::Standing;
use crate::render::svg::{Svg, px};

/// Texts.
pub const INK: &str = "#1c2733";
/// What only supports.
pub const QUIET: &str = "#5b6876";
/// Thin lines.
pub const LINE: &str = "#dde2e8";
/// Weekends.
pub const SHADE: &str = "#f1f3f6";
/// The ground.
pub const PAPER: &str = "#ffffff";
/// What somebody should look at.
pub const RED: &str = "#c4161c";

/// The ground of a standing, and the lines upon it.
fn colours(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Observed => ("#1f4e79", "#1f4e79"),
        Standing::Confirmed => ("#2a7f86", "#8fd0cf"),
        Standing::Planned => ("#cfe3f3", "#6d9dc5"),
        Standing::Uncertain => ("#fdeec3", "#c98b00"),
        Standing::Presumed => ("#ffffff", "#8a95a1"),
    }
}

/// The colour of a text on a standing.
pub fn ink_on(standing: Standing) -> &'static str {
    match standing {
        Standing::Observed | Standing::Confirmed => "#ffffff",
        Standing::Planned | Standing::Uncertain => INK,
        Standing::Presumed => QUIET,
    }
}

/// The name of a pattern; one of its own, so that pictures can stand together on a page.
fn pattern(standing: Standing) -> String {
    format!("daybook-{}", standing.name())
}

/// The patterns, once in a picture.
pub fn patterns(svg: &mut Svg) {
    svg.open("defs", &[]);
    for (standing, size, shape) in [
        (Standing::Confirmed, "8", "M0 20 M0 5.5 H8 M0 1.5 H8"),
        (Standing::Planned, "7", "M-1 1 L1 -1 M0 7 L7 0 M6 8 L8 6"),
        (Standing::Uncertain, "6", "M1 1.5 h1.6 M4 4.5 h1.6"),
    ] {
        let (ground, lines) = colours(standing);
        let id = pattern(standing);
        svg.open("pattern", &[("id", &id), ("width", size), ("height", size), ("patternUnits", "userSpaceOnUse")]);
        svg.leaf("rect", &[("width", size), ("height", size), ("fill", ground)]);
        svg.leaf("path", &[("d", shape), ("stroke", lines), ("stroke-width", "1.5"), ("fill", "none")]);
        svg.close();
    }
    svg.close();
}

/// A stretch of a stop.
pub fn standing(svg: &mut Svg, at: (f64, f64), size: (f64, f64), standing: Standing) {
    let (ground, lines) = colours(standing);
    let patterned = format!("url(#{})", pattern(standing));
    let fill = match standing {
        Standing::Observed | Standing::Presumed => ground,
        Standing::Confirmed | Standing::Planned | Standing::Uncertain => &patterned,
    };
    let (x, y, width, height) = (px(at.0), px(at.1), px(size.0), px(size.1));
    let mut attributes = vec![
        ("class", standing.name()),
        ("x", &x),
        ("y", &y),
        ("width", &width),
        ("height", &height),
        ("rx", "3"),
        ("fill", fill),
        ("stroke", lines),
    ];
    if standing == Standing::Presumed {
        attributes.push(("stroke-dasharray", "4 3"));
    }
    svg.leaf("rect", &attributes);
}

/// The ground of a text on a patterned stretch, so that it can be read.
pub fn plate(svg: &mut Svg, at: (f64, f64), size: (f64, f64), standing: Standing) {
    match standing {
        Standing::Observed | Standing::Presumed => {}
        Standing::Confirmed | Standing::Planned | Standing::Uncertain => {
            let (ground, _) = colours(standing);
            block(svg, (at.0 - 1.0, at.1 + 3.0), (size.0 + 3.0, size.1 - 6.0), ground);
        }
    }
}

/// A filled rectangle.
pub fn block(svg: &mut Svg, at: (f64, f64), size: (f64, f64), fill: &str) {
    let (x, y, width, height) = (px(at.0), px(at.1), px(size.0), px(size.1));
    svg.leaf("rect", &[("x", &x), ("y", &y), ("width", &width), ("height", &height), ("fill", fill)]);
}

/// An empty rectangle.
pub fn frame(svg: &mut Svg, at: (f64, f64), size: (f64, f64), stroke: &str, round: f64) {
    let (x, y, width, height) = (px(at.0), px(at.1), px(size.0), px(size.1));
    svg.leaf(
        "rect",
        &[
            ("x", &x),
            ("y", &y),
            ("width", &width),
            ("height", &height),
            ("rx", &px(round)),
            ("fill", "none"),
            ("stroke", stroke),
            ("stroke-width", "2"),
        ],
    );
}

/// A line, dashed if its dashes are given.
pub fn line(svg: &mut Svg, from: (f64, f64), to: (f64, f64), stroke: &str, dashes: Option<&str>) {
    let ends = [px(from.0), px(from.1), px(to.0), px(to.1)];
    let [x1, y1, x2, y2] = &ends;
    let mut attributes = vec![("x1", x1.as_str()), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", stroke)];
    attributes.extend(dashes.map(|dashes| ("stroke-dasharray", dashes)));
    svg.leaf("line", &attributes);
}

/// A thin arrow.
pub fn arrow(svg: &mut Svg, from: f64, to: f64, y: f64, dashed: bool) {
    line(svg, (from, y), (to - 4.0, y), INK, dashed.then_some("3 2"));
    let points = format!("{},{} {},{} {},{}", px(to - 6.0), px(y - 3.0), px(to), px(y), px(to - 6.0), px(y + 3.0));
    svg.leaf("polygon", &[("points", &points), ("fill", INK)]);
}

/// The mark of a meeting, full if it is firm.
pub fn diamond(svg: &mut Svg, x: f64, y: f64, is_firm: bool) {
    let points =
        format!("{},{} {},{} {},{} {},{}", px(x), px(y - 6.0), px(x + 6.0), px(y), px(x), px(y + 6.0), px(x - 6.0), px(y));
    let fill = if is_firm { INK } else { PAPER };
    svg.leaf("polygon", &[("points", &points), ("fill", fill), ("stroke", INK), ("stroke-width", "1.4")]);
}

/// The mark of a contradiction.
pub fn alarm(svg: &mut Svg, x: f64, y: f64) {
    let (cx, cy) = (px(x), px(y));
    svg.leaf("circle", &[("cx", &cx), ("cy", &cy), ("r", "6.5"), ("fill", RED)]);
    text(svg, (x, y + 4.0), 11.0, PAPER, "middle", Some("bold"), "!");
}

/// A text; `anchor` is start, middle or end.
pub fn words(svg: &mut Svg, x: f64, y: f64, size: f64, fill: &str, anchor: &str, words: &str) {
    text(svg, (x, y), size, fill, anchor, None, words);
}

/// A text in bold letters.
pub fn strong(svg: &mut Svg, x: f64, y: f64, size: f64, fill: &str, words: &str) {
    text(svg, (x, y), size, fill, "start", Some("bold"), words);
}

fn text(svg: &mut Svg, at: (f64, f64), size: f64, fill: &str, anchor: &str, weight: Option<&str>, words: &str) {
    let (x, y, size) = (px(at.0), px(at.1), px(size));
    let mut attributes = vec![("x", x.as_str()), ("y", &y), ("font-size", &size), ("fill", fill)];
    if anchor != "start" {
        attributes.push(("text-anchor", anchor));
    }
    attributes.extend(weight.map(|weight| ("font-weight", weight)));
    svg.text("text", &attributes, words);
}

/// A text that is cut where it would not fit.
pub fn shortened(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size) + size > room {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// Where the next part of a legend stands.
pub struct Cursor {
    pub x: f64,
    pub y: f64,
    pub left: f64,
    pub right: f64,
}

impl Cursor {
    /// Takes room for a mark and its words, on the next line where this one is full.
    pub fn take(&mut self, mark: f64, words: &str) -> (f64, f64) {
        let room = mark + width(words, 12.0) + 22.0;
        if self.x > self.left && self.x + room > self.right {
            self.next_line();
        }
        let at = (self.x, self.y);
        self.x += room;
        at
    }

    /// Goes to the next line.
    pub fn next_line(&mut self) {
        (self.x, self.y) = (self.left, self.y + 22.0);
    }
}
