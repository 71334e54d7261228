// A page as a PDF, which is what gets attached.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { open } from "./browser.mjs";
import { samples } from "./fleets.mjs";

const run = (program, ...options) =>
  execFileSync(program, options, { encoding: "utf8", maxBuffer: 1 << 28 });

async function pdf(browser, name, file) {
  const { page, close } = await open(browser, file);
  const path = join(samples, `paper-${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: false, timeout: 120_000 });
  const heads = await page.locator("#accounts thead th").allTextContents();
  const id = await page.locator(".letterhead .hash").textContent();
  await close();
  return { path, heads, id, pages: run("pdftotext", "-layout", path, "-").split("\f").slice(0, -1) };
}

/// A person's address and the place of their row, which stand on one page or the row is broken.
const ROW = /p[0-9]+@yourcompany\.example.*\n?.*, line [0-9]+/g;

/// What every page bears, and what a table bears on every page it goes over.
function bearsItsMarks({ path, heads, id, pages }, name) {
  const sizes = run("pdfinfo", "-f", "1", "-l", String(pages.length), path).match(/^Page +[0-9]+ size:.*/gm);
  assert.equal(sizes.length, pages.length);
  for (const size of sizes) assert.match(size, /A4/, name);
  const head = new RegExp(heads.map((text) => text.trim()).join("\\s+"));
  const list = pages.filter((page) => (page.match(ROW) ?? []).length > 0);
  for (const page of list) assert.match(page, head, `${name}: a page of the list without its heads: ${page}`);
  return list.length;
}

const png = (path, page, name) =>
  run("pdftoppm", "-r", "70", "-png", "-singlefile", "-f", String(page), "-l", String(page), path, join(samples, name));

export async function theFirstPageHoldsTheAnswer({ browser, reports }) {
  const words = {
    en: ["Summary", "What to do first", "more things to do", "Control totals"],
    "zh-CN": ["摘要", "优先处理", "另有", "总数核对"],
  };
  for (const [language, [summary, first, beyond, next]] of Object.entries(words)) {
    const made = await pdf(browser, language, reports[language]);
    bearsItsMarks(made, language);
    const [front, second] = made.pages;
    for (const said of [summary, first, beyond, "82"]) assert.ok(front.includes(said), `${said} is not on the first page`);
    assert.ok(!front.includes(next) && second.trimStart().startsWith(next), "the rest begins on the second page");
    for (const page of [1, 2, 3, 5, Math.ceil(made.pages.length / 2), made.pages.length]) {
      png(made.path, page, `paper-${language}-${page}`);
    }
  }
}

export async function longListsKeepTheirHeads({ browser, reports }) {
  const pages = [];
  for (const rows of [1, 200, 5_000]) {
    const name = `rows-${rows}`;
    const made = await pdf(browser, name, reports[name]);
    const list = bearsItsMarks(made, name);
    assert.ok(list >= rows / 40, `${name}: ${list} pages with rows`);
    const broken = Array.from({ length: rows }, (_, n) => n).filter(
      (n) => !made.pages.some((page) => page.includes(`p${n}@yourcompany.example`) && page.includes(`line ${n + 2}`)),
    );
    assert.deepEqual(broken, [], `${name}: rows that are lost or broken`);
    pages.push(made.pages.length);
    for (const page of new Set([1, Math.ceil(made.pages.length / 2), made.pages.length])) {
      png(made.path, page, `paper-${name}-${page}`);
    }
  }
  assert.ok(pages[0] < pages[1] && pages[1] < pages[2], `${pages} pages`);
  return `${pages.join(", ")} pages for 1, 200 and 5,000 rows`;
}
