// Nothing in a page acts, whatever servers and lists say.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

import { open, unfold } from "./browser.mjs";

/// Every outside address that may stand in a link, as `src/report/links.rs` has them.
const OURS = /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc[0-9]+\.html$/;

/// Tags and attributes in document order. An attribute's value counts where it is ours to choose.
const skeleton = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("*")].map((element) => {
      const attributes = [...element.attributes].map(({ name, value }) =>
        ["class", "role", "scope", "lang"].includes(name) ? `${name}=${value}` : name,
      );
      return `${element.localName} ${attributes.join(" ")}`;
    }),
  );

export async function hostileWordsChangeNothing({ browser, reports }) {
  const found = {};
  for (const name of ["hostile", "harmless"]) {
    const { page, broken, close } = await open(browser, reports[name]);
    found[name] = { skeleton: await skeleton(page), text: await page.textContent("main"), title: await page.title() };
    await unfold(page);
    assert.deepEqual(broken, [], name);
    await close();
  }
  assert.ok(found.harmless.skeleton.length > 2_000, "the page is nearly empty");
  for (const said of ["<script>", "\\x1b[2J", "</table>", "javascript:1", "▲ COMPLIANT"]) {
    assert.ok(found.hostile.text.includes(said), `${said} is not even in the page`);
  }
  assert.deepEqual(found.hostile.skeleton, found.harmless.skeleton);
  assert.equal(found.hostile.title, found.harmless.title);
}

export async function linksLeadWhereWeSay({ browser, reports }) {
  for (const name of ["en", "zh-CN", "hostile"]) {
    const { page, close } = await open(browser, reports[name]);
    const strange = await page.evaluate((ours) => {
      const fits = (href) =>
        href.startsWith("#") ? document.getElementById(href.slice(1)) !== null : new RegExp(ours).test(href);
      return [...document.querySelectorAll("[href]")].map((link) => link.getAttribute("href")).filter((href) => !fits(href));
    }, OURS.source);
    assert.deepEqual(strange, [], name);
    assert.ok((await page.locator("a[href^=https]").count()) > 5, "there are links to documents");
    await close();
  }
}

/// What should break a page does: a watch that never barks proves nothing.
export async function theWatchBarks({ browser, reports }) {
  const page = readFileSync(reports.en, "utf8");
  const file = reports.en.replace("report.html", "broken.html");
  const bad = '<p style="color:red">a</p><img src="https://evil.example/x.png"><script>1</script><b onclick="1">b</b>';
  writeFileSync(file, page.replace("<main>", `<main>${bad}`));
  const { page: opened, broken, close } = await open(browser, file);
  await opened.click("b[onclick]");
  await opened.evaluate(() => document.images[0].decode().catch(() => {}));
  for (const directive of ["style-src-attr", "img-src", "script-src-elem", "script-src-attr"]) {
    assert.ok(broken.some((what) => what.startsWith(`policy: ${directive}`)), `${directive} is not told: ${broken}`);
  }
  await close();
}
