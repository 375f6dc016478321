//! The workflow that checks a site and publishes it to GitHub Pages.

use std::num::NonZeroU32;

use super::Origin;

/// Where, in the workflow, the build begins and ends, and where the site is published.
const CHECK: &str = "      # Faults stand as annotations at their lines.\n";
const BUILD: &str = "      - name: Build\n";
const KEEP: &str = "      # A pull request can be looked at";
const JOB: &str = "  build:\n";
const PUBLISH: &str = "  publish:\n";
const STEPS: &str = "    steps:\n";

/// The workflow that checks a site and publishes it to GitHub Pages. Without an origin, it stops where nutgraf should
/// be installed, and says what has to be filled in. With `n_shards`, so many machines build a share of the site each.
pub fn workflow(from: Option<&Origin>, n_shards: Option<NonZeroU32>) -> String {
    let from = from.map_or("", Origin::as_str);
    let text = include_str!("pages.yml")
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
        .replace("\"@FROM@\"", &serde_json::Value::from(from).to_string());
    match n_shards.map(NonZeroU32::get) {
        None | Some(1) => text,
        Some(n) => sharded(&text, n).unwrap_or(text),
    }
}

/// The workflow with a job for the shares of the site, and one that puts them together. `None` if it isn't the text
/// that this knows; a test sees to it that it is.
fn sharded(text: &str, n: u32) -> Option<String> {
    let (top, rest) = text.split_once(JOB)?;
    let (settings, rest) = rest.split_once(STEPS)?;
    let (install, rest) = rest.split_once(CHECK)?;
    let (check, rest) = rest.split_once(BUILD)?;
    let (_, rest) = rest.split_once(KEEP)?;
    let (keep, publish) = rest.split_once(PUBLISH)?;
    let numbers: Vec<String> = (1..=n).map(|number| number.to_string()).collect();
    let numbers = numbers.join(", ");
    // One machine is enough to annotate faults; the others stop at them all the same.
    let check = check.replacen(
        "      - name: Check\n",
        "      - name: Check\n        if: matrix.shard == 1\n",
        1,
    );
    let after_all = |jobs: &str| jobs.replace("    needs: build\n", "    needs: merge\n");
    let (keep, publish) = (after_all(keep), after_all(publish));
    Some(format!(
        "{top}  # The site is built by {n} machines, each a share of it.
{JOB}    strategy:
      matrix:
        shard: [{numbers}]
{settings}{STEPS}{install}{CHECK}{check}{BUILD}        env:
          BASE_URL: ${{{{ steps.pages.outputs.base_url }}}}
          SHARD: ${{{{ matrix.shard }}}}
        run: nutgraf build --strict --shard \"$SHARD/{n}\" --output share ${{BASE_URL:+--base-url \"$BASE_URL\"}}

      - name: Keep the share
        uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        with:
          name: share-${{{{ matrix.shard }}}}
          path: share
          include-hidden-files: true
          retention-days: 1

  # What the machines made is put together, to the byte as if one had built it all.
  merge:
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 20
{STEPS}{install}      - name: Fetch the shares
        uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0
        with:
          pattern: share-*
          path: shares

      - name: Merge
        run: nutgraf merge --output public shares/*

{KEEP}{keep}{PUBLISH}{publish}"
    ))
}
