// A site in a folder of its own, a preview of it, and a browser that looks at it.
//
// NUTGRAF names the program (default: the debug build), CHROMIUM the browser (default: /usr/bin/chromium).

import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
export const program = process.env.NUTGRAF ?? join(repository, "target/debug/nutgraf");

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** Leads a tab away from a page that may be reloading itself. Chromium never closes one in the middle of that. */
const lead_away = async (tab) => {
  for (;;) {
    try {
      return await tab.goto("about:blank");
    } catch (error) {
      if (!error.message.includes("interrupted by another navigation")) throw error;
    }
  }
};

/** Closes a tab that shows a preview. */
export const close = async (tab) => {
  await lead_away(tab);
  await tab.close();
};

/** Closes a context whose tabs show a preview. */
export const leave = async (context) => {
  for (const tab of context.pages()) await lead_away(tab);
  await context.close();
};

export class Preview {
  /** Serves the files, given by their path. */
  static async start(files, { args = [], port = 0, folder } = {}) {
    const preview = new Preview();
    preview.temporary = folder ? undefined : await mkdtemp(join(tmpdir(), "nutgraf-"));
    preview.folder = folder ?? join(preview.temporary, "site");
    for (const [path, text] of Object.entries(files)) await preview.write(path, text);
    await preview.run(args, port);
    return preview;
  }

  /** Serves a copy of the demonstration site. */
  static async demonstration() {
    const preview = new Preview();
    preview.temporary = await mkdtemp(join(tmpdir(), "nutgraf-"));
    preview.folder = join(preview.temporary, "site");
    await mkdir(preview.folder);
    for (const part of ["site.yaml", "evidence.lock", "content"]) await cp(join(repository, part), join(preview.folder, part), { recursive: true });
    await preview.run([], 0);
    return preview;
  }

  async run(args, port) {
    this.process = spawn(program, ["serve", "-r", this.folder, "-p", String(port), ...args], { stdio: ["ignore", "pipe", "inherit"] });
    const said = await new Promise((resolve, reject) => {
      let text = "";
      this.process.stdout.on("data", (data) => {
        text += data;
        const address = /Previewing (http:\S+)/.exec(text);
        const editing = /Edit it at (http:\S+)/.exec(text);
        if (editing) this.editing = editing[1];
        if (address && (editing || args.includes("--read-only"))) resolve(address[1]);
      });
      this.process.on("exit", (code) => reject(new Error(`the preview ended with ${code}: ${text}`)));
      this.process.on("error", reject);
    });
    // A test that fails before it stops its preview doesn't keep the others waiting for ever.
    this.process.unref();
    this.process.stdout.unref();
    const kill = () => this.process.kill();
    process.on("exit", kill);
    this.process.on("exit", () => process.off("exit", kill));
    this.url = said;
    this.port = new URL(said).port;
  }

  async write(path, text) {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), text);
  }

  async move(from, to) {
    await mkdir(dirname(join(this.folder, to)), { recursive: true });
    await rename(join(this.folder, from), join(this.folder, to));
  }

  /** Ends the program, and leaves the files. */
  async end() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    this.process.ref();
    this.process.kill("SIGINT");
    return await ended;
  }

  async stop() {
    await this.end();
    if (this.temporary) await rm(this.temporary, { recursive: true, force: true });
  }
}
