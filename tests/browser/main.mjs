// Every check in turn; each says how long it took. Names on the command line choose some.

import * as access from "./access.mjs";
import { launch } from "./browser.mjs";
import { make } from "./fleets.mjs";
import * as inert from "./inert.mjs";
import * as looks from "./looks.mjs";
import * as paper from "./paper.mjs";
import * as works from "./works.mjs";

const chosen = process.argv.slice(2).map((part) => part.toLowerCase());
// The longest first, so that both workers end together.
const checks = [access, paper, looks, works, inert]
  .flatMap((checks) => Object.entries(checks))
  .filter(([name]) => chosen.length === 0 || chosen.some((part) => name.toLowerCase().includes(part)));
if (checks.length === 0) throw new Error(`no check is named like ${chosen}`);

const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);
const started = performance.now();
const reports = make();
console.log(`   ${seconds(started)} s  ${Object.keys(reports).length} reports made`);
const browser = await launch();
let failed = 0;
const waiting = [...checks];

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, check] = next;
    const started = performance.now();
    const sentence = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    try {
      const said = await check({ browser, reports });
      console.log(`   ${seconds(started)} s  ${sentence}${said ? `: ${said}` : ""}`);
    } catch (error) {
      failed += 1;
      console.error(`FAILED ${seconds(started)} s  ${sentence}\n${error.stack ?? error}`);
    }
  }
}

// Two at a time: a page works while another waits.
await Promise.all([work(), work()]);
await browser.close();
if (failed > 0) {
  console.error(`tests/browser: ${failed} of ${checks.length} checks failed`);
  process.exitCode = 1;
}
