//! The manual page: one for the program with all its commands, and the query language.

use super::{Cli, exit, out};
use crate::query::OPERATORS;
use crate::story::FIELDS;
use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::io::Write;

/// Prints the page.
pub(super) fn print() -> Result<u8> {
    let mut out = out();
    out.write_all(page(Cli::command())?.as_bytes())?;
    out.flush()?;
    Ok(exit::FOUND)
}

fn page(mut program: Command) -> Result<String> {
    // Gives options their values in every usage.
    program.build();
    let man = Man::new(program.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    let mut page = String::from_utf8(page)?;
    let commands = || program.get_subcommands().filter(|c| c.get_name() != "help");
    page += &synopsis(&program, ".SH");
    page += &sections(&man, ".SH")?;
    let about = |c: &Command| c.get_about().map(ToString::to_string).unwrap_or_default();
    let rows: Vec<(String, String)> = commands().map(|c| (c.get_name().to_owned(), about(c))).collect();
    page += &listed("COMMANDS", rows.iter().map(|(name, about)| (name.as_str(), about.as_str())));
    page += &extra(&program, ".SH");
    for command in commands() {
        page += &format!(".SH \"DATELINE {}\"\n", command.get_name().to_uppercase());
        page += &synopsis(command, ".SS");
        // What every command takes is told once.
        let own = |arg: clap::Arg| if arg.is_global_set() || arg.get_id() == "help" { arg.hide(true) } else { arg };
        page += &sections(&Man::new(command.clone().mut_args(own)), ".SS")?;
        page += &extra(command, ".SS");
    }
    page += &listed("THE QUERY LANGUAGE", OPERATORS.iter().map(|row| (row.form, row.meaning)));
    page += &listed("FIELDS OF A QUERY", FIELDS.iter().map(|row| (row.example, row.help)));
    Ok(page)
}

/// How a command is written, as its help has it.
fn synopsis(command: &Command, heading: &str) -> String {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{heading} SYNOPSIS\n{}\n", plain(&usage))
}

/// What a command does, and its options.
fn sections(man: &Man, heading: &str) -> Result<String> {
    let mut section = Vec::new();
    man.render_description_section(&mut section)?;
    man.render_options_section(&mut section)?;
    let section = format!("\n{}", String::from_utf8(section)?).replace("\n.SH ", &format!("\n{heading} "));
    Ok(section.trim_start_matches('\n').to_owned())
}

/// What stands behind the options of a help text, by its paragraphs: examples line by line.
fn extra(command: &Command, heading: &str) -> String {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let paragraph = |paragraph: &str| match paragraph.split_once(':') {
        Some(("Examples", lines)) => {
            let lines: String =
                lines.trim_start_matches('\n').lines().map(|line| format!("{}\n", plain(line))).collect();
            format!("{heading} EXAMPLES\n.nf\n{lines}.fi\n")
        }
        Some((title, text)) if title.chars().all(|c| c.is_alphabetic() || c == ' ') => {
            format!(
                "{heading} \"{}\"\n{}\n",
                title.to_uppercase(),
                plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
            )
        }
        _ => format!(".PP\n{}\n", plain(&sentence(paragraph))),
    };
    text.split("\n\n").filter(|p| !p.trim().is_empty()).map(paragraph).collect()
}

/// A paragraph as one line that begins with a capital, unless a command stands there.
fn sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.starts_with("dateline ") {
        return line;
    }
    let mut letters = line.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A section that lists forms with their meanings.
fn listed<'a>(title: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let row = |(form, meaning)| format!(".TP\n{}\n{}\n", plain(form), plain(meaning));
    format!(".SH \"{title}\"\n{}", rows.map(row).collect::<String>())
}

/// A line as it stands: a backslash, a hyphen, and a dot or an apostrophe that begins a line mean
/// something to troff.
fn plain(text: &str) -> String {
    format!("\\&{}", text.replace('\\', "\\e").replace('-', "\\-"))
}

#[cfg(test)]
mod tests {
    use super::{Cli, page};
    use clap::CommandFactory;

    #[test]
    fn the_page_has_all_commands_and_examples_as_they_are_typed() {
        let page = page(Cli::command()).expect("a page");
        for name in ["INDEX", "SEARCH", "COUNT", "EXPORT", "NAMES", "MAN"] {
            assert!(page.contains(&format!(".SH \"DATELINE {name}\"\n")), "{name}");
        }
        // Pages of their own, which nobody has.
        assert!(!page.contains("(1)"), "{page}");
        assert!(!page.contains("EXTRA"), "{page}");
        assert!(page.contains(".SH EXAMPLES\n.nf\n\\&  dateline index wires "), "{page}");
        assert!(page.contains("\n.SS SYNOPSIS\n\\&dateline search [OPTIONS]"), "{page}");
        assert!(page.contains(".SH \"EXIT CODES\"\n\\&0 found or done, 1 nothing found"), "{page}");
        assert_eq!(page.matches("\n.nf\n").count(), page.matches("\n.fi\n").count());
    }
}
