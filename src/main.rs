//! The `dateline` program: everything is in the library's `cli`.

fn main() -> std::process::ExitCode {
    dateline::cli::main()
}
