// A page as accessibility and markup checkers read it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { HtmlValidate } from "html-validate";

import { open, unfold } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function axeFindsNothing({ browser, reports }) {
  const seen = [
    ["en", { colorScheme: "light" }],
    ["en", { colorScheme: "dark" }],
    ["en", { media: "print" }],
    ["zh-CN", { colorScheme: "light" }],
    ["zh-CN", { colorScheme: "dark" }],
    ["zh-CN", { media: "print" }],
  ];
  for (const [name, media] of seen) {
    const { page, close } = await open(browser, reports[name]);
    await page.emulateMedia(media);
    await unfold(page);
    await page.evaluate(axe);
    const found = await page.evaluate(
      (tags) =>
        window.axe.run({ runOnly: tags, resultTypes: ["violations"], selectors: false, iframes: false, preload: false }),
      TAGS,
    );
    assert.ok(found.passes.length > 20, "axe looked at nothing");
    const violations = found.violations.map(({ id, nodes }) => `${id}: ${nodes.length}, such as ${nodes[0].html}`);
    assert.deepEqual(violations, [], `${name} ${JSON.stringify(media)}`);
    await close();
  }
}

const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard", "html-validate:a11y"] });

export async function theMarkupIsValid({ reports }) {
  for (const name of ["en", "zh-CN", "hostile", "rows-1"]) {
    const { results } = await validator.validateString(readFileSync(reports[name], "utf8"));
    const messages = results.flatMap(({ messages }) => messages);
    assert.deepEqual(messages.map(({ line, ruleId, message }) => `${name}:${line} ${ruleId}: ${message}`), []);
  }
  const { valid } = await validator.validateString("<p><div></p>");
  assert.equal(valid, false, "the validator takes anything");
}
