// The reports that are looked at, made by the program itself.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const samples = join(root, "target/report-samples");
const program = process.env.MAILFLEET ?? join(root, "target/release/mailfleet");
const work = join(root, "target/browser");

/// The string of the threat model's section C, and words that imitate a verdict. Rows with the controls
/// are rejected when they are read, so only servers say those.
const CONTROLS = "\u001b[2J\u001b]0;x\u0007 ";
const HOSTILE =
  "<script>document.title='run'</script><img src=x onerror=alert(1)>\"'` ``` | * _a_ " +
  "[x](javascript:1) =cmd \u202e\u2028\ufeff @name #12 https://evil.example <!-- --> ~~~ </table> \\ &lt; ▲ COMPLIANT";
const HARMLESS = "harmless words";

const FINDINGS_ARE_OPEN = 1;

function mailfleet(...options) {
  try {
    execFileSync(program, options, { cwd: work, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  } catch (failed) {
    if (failed.status !== FINDINGS_ARE_OPEN) throw new Error(`mailfleet ${options[0]}: ${failed.stderr ?? failed}`);
  }
}

const place = (name) => join(work, name);
const page = (name) => join(place(name), "report.html");
const LETTERHEAD = ["--organisation", "Your Company Ltd", "--auditor", "J. Smith", "--vantage", "branch office"];

function demo(lang) {
  mailfleet("demo", "--quiet", "--lang", lang, "--out", place(`demo-${lang}`), ...LETTERHEAD);
  return page(`demo-${lang}`);
}

/// The demo's observations with other words in the mouths of its servers, chained anew.
function said(words) {
  let head = "0".repeat(64);
  let changed = 0;
  const lines = readFileSync(join(place("demo-en"), "observations.ndjson"), "utf8").trimEnd().split("\n");
  const told = lines.map((line) => {
    const observation = line.slice(line.indexOf('"observation":') + '"observation":'.length, -1).replaceAll(
      /(Dovecot|ESMTP|Pigeonhole)( \w+)?(?=[ ."])/g,
      (name) => (changed++, `${name} ${JSON.stringify(words).slice(1, -1)}`),
    );
    head = createHash("sha256").update(head).update(observation).digest("hex");
    return `{"sha256":"${head}","observation":${observation}}`;
  });
  if (changed < 10) throw new Error(`only ${changed} words of servers were found`);
  return told.join("\n") + "\n";
}

const cell = (text) => `"${text.replaceAll('"', '""')}"`;

/// The demo's accounts with `words` behind every name of a person, a department and a client.
function told(words) {
  const [header, ...rows] = readFileSync(join(root, "samples/accounts.csv"), "utf8").trimEnd().split("\n");
  const named = (row) => {
    const cells = row.split(",");
    for (const column of [0, 2, 7]) cells[column] = cell(`${cells[column]} ${words}`);
    return cells.join(",");
  };
  return [header, ...rows.map(named)].join("\n") + "\n";
}

/// So many people who use the demo's servers.
function many(rows) {
  const hosts = ["imap.yourcompany.example,110,none", "mail.yourcompany.example,995,tls", "archive.yourcompany.example,993,tls"];
  const lines = Array.from(
    { length: rows },
    (_, n) => `Person ${n},p${n}@yourcompany.example,Department ${n % 9},${n % 3 === 2 ? "IMAP" : "POP3"},${hosts[n % 3]},Outlook 2016,en`,
  );
  return ["employee,email,department,protocol,host,port,security,client,language", ...lines].join("\n") + "\n";
}

function judge(name, accounts, observations, ...options) {
  const input = `${name}.csv`;
  writeFileSync(join(work, input), accounts);
  mailfleet("judge", observations, "--quiet", "--accounts", input, "--out", place(name), ...options);
  return page(name);
}

/// Every report that is looked at, by name.
export function make() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  mkdirSync(samples, { recursive: true });
  const reports = { en: demo("en"), "zh-CN": demo("zh-CN") };
  const roots = ["--trust", join(place("demo-en"), "demo-root.der")];
  const seen = join(place("demo-en"), "observations.ndjson");
  for (const [name, controls, words] of [["hostile", CONTROLS, HOSTILE], ["harmless", "", HARMLESS]]) {
    const journal = join(work, `${name}.ndjson`);
    writeFileSync(journal, said(controls + words));
    const letterhead = ["--organisation", `Company ${words}`, "--auditor", `J. Smith ${words}`];
    reports[name] = judge(name, told(words), journal, ...roots, ...letterhead);
  }
  for (const rows of [1, 200, 5_000]) {
    reports[`rows-${rows}`] = judge(`rows-${rows}`, many(rows), seen, ...roots, "--format", "html");
  }
  return reports;
}
