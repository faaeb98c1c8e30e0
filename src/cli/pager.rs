//! Standard output, or a pager in front of it on a terminal.

use super::Env;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Options that make `less` leave short output alone, keep colours and not clear the
/// screen; git does the same.
const LESS: &str = "FRX";

/// Where results go. Dropping it waits for the pager to end.
pub(super) enum Out {
    /// Standard output.
    Plain(BufWriter<io::StdoutLock<'static>>),
    /// A pager.
    Paged(Option<BufWriter<ChildStdin>>, Child),
}

impl Out {
    pub(super) fn plain() -> Out {
        Out::Plain(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }
}

impl Env {
    /// Standard output, through the pager where a person reads it.
    pub(super) fn paged(&self) -> Out {
        let asked = std::env::var("DATELINE_PAGER").ok().or_else(|| self.config.pager.clone());
        let pager = asked.or_else(|| std::env::var("PAGER").ok()).unwrap_or_else(|| "less".to_owned());
        if self.no_pager || pager.trim().is_empty() || pager == "cat" || !io::stdout().is_terminal() {
            return Out::plain();
        }
        // A pager that is not there is no reason to show nothing.
        let name = pager.split_whitespace().next().unwrap_or_default();
        let there = Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", name]).status();
        if !there.is_ok_and(|status| status.success()) {
            return Out::plain();
        }
        let mut command = Command::new("sh");
        command.args(["-c", &pager]).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        match command.spawn() {
            Ok(mut child) => Out::Paged(child.stdin.take().map(BufWriter::new), child),
            Err(_) => Out::plain(),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Plain(out) => out.write(bytes),
            Out::Paged(Some(out), _) => out.write(bytes),
            Out::Paged(None, _) => Ok(bytes.len()),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Plain(out) => out.flush(),
            Out::Paged(Some(out), _) => out.flush(),
            Out::Paged(None, _) => Ok(()),
        }
    }
}

impl Drop for Out {
    fn drop(&mut self) {
        if let Out::Paged(input, child) = self {
            // Its input ends first, else it would wait for more.
            if let Some(mut input) = input.take() {
                let _ = input.flush();
            }
            let _ = child.wait();
        }
    }
}
