//! Starts nutgraf's language server in Zed, for Markdown and YAML.

use zed_extension_api as zed;

/// The extension, which keeps nothing.
struct Nutgraf;

impl zed::Extension for Nutgraf {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _server: &zed::LanguageServerId,
        worktree: &zed::Worktree,
    ) -> zed::Result<zed::Command> {
        let program = worktree
            .which("nutgraf")
            .ok_or("`nutgraf` isn't on your path")?;
        Ok(zed::Command {
            command: program,
            args: vec!["lsp".to_owned(), "--drafts".to_owned()],
            env: worktree.shell_env(),
        })
    }
}

zed::register_extension!(Nutgraf);
