// What people do with a page: read it without scripts, filter and sort, and walk it by keyboard.

import assert from "node:assert/strict";

import { open, unfold } from "./browser.mjs";

const words = (page) =>
  page.evaluate(() => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll(".tools").forEach((tools) => tools.remove());
    return main.textContent.replace(/\s+/g, " ");
  });

export async function withoutScriptsNothingIsMissing({ browser, reports }) {
  for (const language of ["en", "zh-CN"]) {
    const scripted = await open(browser, reports[language]);
    const bare = await open(browser, reports[language], { javaScriptEnabled: false });
    assert.equal(await bare.page.locator(".tools, .sort").count(), 0);
    assert.equal(await words(bare.page), await words(scripted.page), language);
    const folds = await bare.page.locator("details:not([open]) > summary").count();
    assert.ok(folds > 5);
    const closed = bare.page.locator("main > section > details:not([open]) > summary");
    for (let left = await closed.count(); left > 0; left -= 1) await closed.first().click();
    assert.ok(await bare.page.locator("#accounts tbody tr").first().isVisible(), "the list unfolds");
    const hidden = await bare.page.evaluate(() => {
      document.querySelectorAll("details").forEach((details) => (details.open = true));
      const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      return [...document.querySelectorAll("main *")].filter((e) => !e.closest("svg, template") && !shown(e)).length;
    });
    assert.equal(hidden, 0, "something cannot be read");
    await scripted.close();
    await bare.close();
  }
}

export async function tablesFilterAndSort({ browser, reports }) {
  for (const language of ["en", "zh-CN"]) {
    const { page, broken, close } = await open(browser, reports[language]);
    await unfold(page);
    const section = page.locator("#accounts");
    const rows = section.locator("tbody tr");
    const seen = () => rows.filter({ visible: true }).count();
    const all = await rows.count();
    const [compliant] = await page.locator(".counts .count").allTextContents();
    assert.equal(await seen(), all);
    await section.locator("select").selectOption({ index: 1 });
    assert.equal(await seen(), Number(compliant), "the count of the first page and of the list");
    await section.locator("select").selectOption({ index: 0 });
    await section.locator("input").fill("WANG.fang");
    const wang = await rows.evaluateAll((rows) => rows.filter((row) => row.textContent.includes("wang.fang")).length);
    assert.ok(wang > 0 && wang < all);
    assert.equal(await seen(), wang);
    assert.match(await section.locator("output").textContent(), new RegExp(`${wang}\\D+${all}`));
    await section.locator("input").fill("");
    assert.equal(await seen(), all);

    const column = (n) => rows.evaluateAll((rows, n) => rows.map((row) => row.cells[n].textContent.trim()), n);
    const findings = 5;
    const before = await column(findings);
    const head = section.locator("thead th").nth(findings);
    const expected = [...before].sort((a, b) => a - b);
    assert.notDeepEqual(before, expected, "they are in order already");
    for (const [way, order] of [["ascending", expected], ["descending", [...expected].reverse()], [null, before]]) {
      await head.locator("button").click();
      assert.equal(await head.getAttribute("aria-sort"), way);
      assert.deepEqual(await column(findings), order);
    }
    assert.deepEqual(broken, []);
    await close();
  }
}

/// Where the focus is, whether it can be seen, and whether something lies on it.
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const within = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const x = Math.min(Math.max(box.left + 3, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + 3, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return {
      name: `${element.localName} ${(element.textContent ?? "").trim().slice(0, 40)}`,
      outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      within,
      bare: element === top || element.contains(top) || top?.contains(element),
      box: [box.left, box.top, box.width, box.height].map(Math.round),
    };
  });

export async function aKeyboardReachesEverything({ browser, reports }) {
  for (const width of [1280, 320]) {
    const { page, close } = await open(browser, reports.en, { viewport: { width, height: 800 } });
    await page.keyboard.press("Tab");
    const skip = await focused(page);
    assert.ok(skip.within && skip.outlined && skip.name.startsWith("a "), `the skip link: ${JSON.stringify(skip)}`);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "summary");
    const stops = await page.evaluate(
      () =>
        [...document.querySelectorAll("main :is(a, button, summary, input, select, [tabindex='0'])")].filter((element) =>
          element.checkVisibility(),
        ).length,
    );
    const walked = new Set();
    let folds = 0;
    for (let stop = 0; stop < stops; stop += 1) {
      await page.keyboard.press("Tab");
      const at = await focused(page);
      assert.ok(at.outlined && at.within && at.bare, JSON.stringify(at));
      walked.add(at.name + at.box);
      if (at.name.startsWith("summary") && folds < 3) {
        const opened = () => page.evaluate(() => document.activeElement.parentElement.open);
        const before = await opened();
        await page.keyboard.press(folds % 2 ? "Space" : "Enter");
        assert.equal(await opened(), !before, "a fold does not follow the keyboard");
        await page.keyboard.press("Enter");
        folds += 1;
      }
    }
    assert.equal(folds, 3);
    assert.ok(walked.size > 40, `${walked.size} stops`);
    await close();
  }
}

export async function nothingScrollsSideways({ browser, reports }) {
  for (const name of ["en", "zh-CN", "hostile"]) {
    const { page, close } = await open(browser, reports[name], { viewport: { width: 320, height: 800 } });
    for (const folded of [true, false]) {
      if (!folded) await unfold(page);
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(widths[0] <= 320, `${name}: ${widths}`);
    }
    await close();
  }
}
