//! Pages: where each sign stands, in the order in which a page draws them.

use super::Text;
use super::content::{Operand, Operators};
use super::font::{Font, numbers};
use super::lines::Lines;
use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Pages of one document.
const PAGES_MAX: usize = 20_000;
/// Bytes that the content of one page may grow to.
const PAGE_BYTES_MAX: usize = 16 << 20;
/// Bytes that the content of all pages and forms together may grow to.
const CONTENT_BYTES_MAX: usize = 256 << 20;
/// Operators of one document.
const STEPS_MAX: usize = 30_000_000;
/// Signs of one page.
const GLYPHS_MAX: usize = 400_000;
/// Bytes of text of one document.
const TEXT_BYTES_MAX: usize = 32 << 20;
/// Fonts of one document.
const FONTS_MAX: usize = 4_000;
/// Forms within forms.
const FORMS_DEPTH_MAX: usize = 8;
/// States of drawing within each other.
const STATES_MAX: usize = 256;
/// Operands that an operator of text or place takes at most.
const OPERANDS_MAX: usize = 8;

/// A sign on a page: where it stands, in points, with the baseline level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) end: f32,
    pub(super) size: f32,
    /// Quarters that the text is turned by.
    pub(super) turn: u8,
    /// Number of the operator that draws it.
    pub(super) run: u32,
    /// Where its text ends in the page's text; it begins where that of the one before ends.
    pub(super) text_end: u32,
}

type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `a` before `b`.
fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    char_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// Reads the text of every page.
pub(super) fn read(document: &Document) -> Text {
    let mut text = Text::default();
    let mut reader = Reader {
        document,
        fonts: FxHashMap::default(),
        steps_left: STEPS_MAX,
        bytes_left: CONTENT_BYTES_MAX,
        unknown: 0,
        left_out: None,
    };
    let mut lines = Lines::default();
    for (number, page) in document.page_iter().enumerate() {
        let over = match () {
            () if number >= PAGES_MAX => Some("it has too many pages"),
            () if lines.len() > TEXT_BYTES_MAX => Some("it has too much text"),
            () if reader.steps_left == 0 || reader.bytes_left == 0 => Some("its pages draw too much"),
            () => None,
        };
        if over.is_some() {
            reader.left_out = over;
            break;
        }
        text.pages += 1;
        let mut drawn = Page::default();
        reader.page(page, &mut drawn);
        lines.page(&drawn.glyphs, &drawn.text);
    }
    text.body = lines.finish();
    (text.unknown, text.left_out) = (reader.unknown, reader.left_out);
    text
}

/// What a page draws.
#[derive(Default)]
struct Page {
    glyphs: Vec<Glyph>,
    text: String,
    run: u32,
}

struct Reader<'d> {
    document: &'d Document,
    fonts: FxHashMap<usize, Rc<Font>>,
    steps_left: usize,
    bytes_left: usize,
    unknown: usize,
    left_out: Option<&'static str>,
}

impl<'d> Reader<'d> {
    fn page(&mut self, page: ObjectId, out: &mut Page) {
        let limit = PAGE_BYTES_MAX.min(self.bytes_left);
        let Ok(content) = self.document.get_page_content_with_limit(page, limit) else {
            self.left_out = Some("a page of it draws too much");
            return;
        };
        self.bytes_left = self.bytes_left.saturating_sub(content.len());
        let mut resources: Vec<&'d Dictionary> = Vec::new();
        if let Ok((direct, referred)) = self.document.get_page_resources(page) {
            resources.extend(direct);
            resources.extend(referred.into_iter().filter_map(|id| self.document.get_dictionary(id).ok()));
        }
        let state = State {
            ctm: IDENTITY,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.draw(&content, &resources, state, 0, out);
    }

    fn resource(&self, resources: &[&'d Dictionary], kind: &[u8], name: &[u8]) -> Option<&'d Object> {
        resources.iter().find_map(|r| {
            let list = r.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            list.get_deref(name, self.document).ok()
        })
    }

    fn font(&mut self, resources: &[&'d Dictionary], name: &[u8]) -> Option<Rc<Font>> {
        let dictionary = self.resource(resources, b"Font", name)?.as_dict().ok()?;
        let key = std::ptr::from_ref(dictionary) as usize;
        if let Some(font) = self.fonts.get(&key) {
            return Some(font.clone());
        }
        if self.fonts.len() >= FONTS_MAX {
            self.left_out = Some("it has too many fonts");
            return None;
        }
        let font = Rc::new(Font::of(self.document, dictionary));
        self.fonts.insert(key, font.clone());
        Some(font)
    }

    fn draw(&mut self, content: &[u8], resources: &[&'d Dictionary], state: State, depth: usize, out: &mut Page) {
        let mut pen = Pen { state, stack: Vec::new(), matrix: IDENTITY, line: IDENTITY };
        let mut operators = Operators::of(content, OPERANDS_MAX);
        let mut operands = Vec::new();
        while let Some(operator) = operators.next(&mut operands) {
            if self.steps_left == 0 || out.glyphs.len() >= GLYPHS_MAX {
                self.left_out = self.left_out.or(Some("a page of it draws too much"));
                return;
            }
            self.steps_left -= 1;
            match operator {
                b"Tf" => {
                    if let Some(Operand::Name(name)) = operands.first() {
                        pen.state.font = self.font(resources, name);
                    }
                    if let Some(size) = numbers(&operands).first() {
                        pen.state.size = *size;
                    }
                }
                b"Do" if depth < FORMS_DEPTH_MAX => {
                    if let Some(Operand::Name(name)) = operands.first() {
                        self.form(resources, name, &pen.state, depth, out);
                    }
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    if operator == b"\"" {
                        let spaces = numbers(&operands);
                        if let [word, char, ..] = spaces[..] {
                            (pen.state.word_space, pen.state.char_space) = (word, char);
                        }
                    }
                    if matches!(operator, b"'" | b"\"") {
                        pen.next_line(0.0, -pen.state.leading);
                    }
                    out.run = out.run.wrapping_add(1);
                    if let Some(last) = operands.last() {
                        self.unknown += pen.show(last, out);
                    }
                }
                _ => pen.apply(operator, &operands),
            }
        }
    }

    /// Draws a form in the place where it is called.
    fn form(&mut self, resources: &[&'d Dictionary], name: &[u8], state: &State, depth: usize, out: &mut Page) {
        let Some(Object::Stream(stream)) = self.resource(resources, b"XObject", name) else { return };
        if !stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form") {
            return;
        }
        let limit = PAGE_BYTES_MAX.min(self.bytes_left);
        let Ok(content) = stream.decompressed_content_with_limit(limit) else { return };
        self.bytes_left = self.bytes_left.saturating_sub(content.len().max(1024));
        let mut state = state.clone();
        let matrix: Vec<f32> = stream
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array)
            .map(|m| m.iter().filter_map(|n| n.as_float().ok()).collect())
            .unwrap_or_default();
        if let Ok(matrix) = Matrix::try_from(matrix) {
            state.ctm = times(&matrix, &state.ctm);
        }
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        let mut all: Vec<&'d Dictionary> = own.into_iter().collect();
        if all.is_empty() {
            all.extend(resources);
        }
        self.draw(&content, &all, state, depth + 1, out);
    }
}

/// Where the text goes.
struct Pen {
    state: State,
    stack: Vec<State>,
    matrix: Matrix,
    line: Matrix,
}

impl Pen {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.matrix = self.line;
    }

    fn apply(&mut self, operator: &[u8], operands: &[Operand]) {
        let n = numbers(operands);
        let first = n.first().copied();
        let matrix = || Matrix::try_from(n.as_slice()).ok();
        match operator {
            b"q" if self.stack.len() < STATES_MAX => self.stack.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(m) = matrix() {
                    self.state.ctm = times(&m, &self.state.ctm);
                }
            }
            b"BT" => (self.matrix, self.line) = (IDENTITY, IDENTITY),
            b"Tm" => {
                if let Some(m) = matrix() {
                    (self.matrix, self.line) = (m, m);
                }
            }
            b"Td" | b"TD" => {
                if let [x, y] = n[..] {
                    if operator == b"TD" {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tc" => self.state.char_space = first.unwrap_or(0.0),
            b"Tw" => self.state.word_space = first.unwrap_or(0.0),
            b"Tz" => self.state.scale = first.unwrap_or(100.0) / 100.0,
            b"TL" => self.state.leading = first.unwrap_or(0.0),
            b"Ts" => self.state.rise = first.unwrap_or(0.0),
            _ => {}
        }
    }

    /// Draws a string, or strings with distances between them; returns how many of its
    /// signs are unknown.
    fn show(&mut self, operand: &Operand, out: &mut Page) -> usize {
        match operand {
            Operand::Text(string) => self.string(string, out),
            Operand::List(list) => {
                let mut unknown = 0;
                for item in list {
                    match item {
                        Operand::Text(string) => unknown += self.string(string, out),
                        Operand::Number(n) => self.advance(-n / 1000.0 * self.state.size * self.state.scale),
                        Operand::Name(_) | Operand::List(_) => {}
                    }
                }
                unknown
            }
            Operand::Number(_) | Operand::Name(_) => 0,
        }
    }

    fn advance(&mut self, x: f32) {
        self.matrix[4] += x * self.matrix[0];
        self.matrix[5] += x * self.matrix[1];
    }

    fn string(&mut self, string: &[u8], out: &mut Page) -> usize {
        let Some(font) = self.state.font.clone() else { return 0 };
        let state = &self.state;
        let (size, scale, rise, spaces) = (state.size, state.scale, state.rise, (state.char_space, state.word_space));
        let ctm = state.ctm;
        let mut matrix = self.matrix;
        let run = out.run;
        let unknown = font.each(string, &mut |text, width, is_space| {
            let at = times(&[size * scale, 0.0, 0.0, size, 0.0, rise], &times(&matrix, &ctm));
            let own = width * size * scale;
            let step = own + (spaces.0 + if is_space { spaces.1 } else { 0.0 }) * scale;
            let length = at[0].hypot(at[1]);
            let (x, y, turn) = match () {
                () if at[1].abs() > at[0].abs() && at[1] > 0.0 => (at[5], -at[4], 1),
                () if at[1].abs() > at[0].abs() => (-at[5], at[4], 3),
                () if at[0] < 0.0 => (-at[4], -at[5], 2),
                () => (at[4], at[5], 0),
            };
            out.text.push_str(text);
            let glyph = Glyph {
                x,
                y,
                end: x + width * length,
                size: at[2].hypot(at[3]),
                turn,
                run,
                text_end: u32::try_from(out.text.len()).unwrap_or(u32::MAX),
            };
            if out.glyphs.len() < GLYPHS_MAX {
                out.glyphs.push(glyph);
            }
            matrix[4] += step * matrix[0];
            matrix[5] += step * matrix[1];
        });
        self.matrix = matrix;
        unknown
    }
}
