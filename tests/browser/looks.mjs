// Pictures of the first page and of details, for people to look at.

import assert from "node:assert/strict";
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { open } from "./browser.mjs";
import { root, samples } from "./fleets.mjs";

const MODES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "light", forcedColors: "active" },
};
const WIDTHS = [320, 768, 1280];

/// Sections and parts that are shown beside the first page.
const DETAILS = {
  shares: "#shares",
  finding: "#findings .card",
  chain: ".ladder .broken",
  calendar: "#calendar",
  accounts: "#accounts",
};

export async function picturesAreTaken({ browser, reports }) {
  for (const language of ["en", "zh-CN"]) {
    const { page, close } = await open(browser, reports[language]);
    for (const [mode, media] of Object.entries(MODES)) {
      await page.emulateMedia({ forcedColors: "none", ...media });
      for (const width of WIDTHS) {
        const shot = (name) => page.screenshot({ path: join(samples, `look-${language}-${width}-${mode}-${name}.png`) });
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate(() => scrollTo(0, 0));
        await shot("first");
        for (const [name, selector] of Object.entries(DETAILS)) {
          // Every detail at one width and mode; elsewhere those whose layout changes.
          if (mode !== "light" && !["finding", "chain"].includes(name)) continue;
          await page.evaluate((selector) => {
            const element = document.querySelector(selector);
            for (let above = element; above; above = above.parentElement) if (above.localName === "details") above.open = true;
            element.querySelectorAll(":scope > details").forEach((details) => (details.open = true));
            element.scrollIntoView({ block: selector.startsWith("#") ? "start" : "center" });
          }, selector);
          await shot(name);
        }
      }
    }
    await close();
  }
}

/// A verdict is told by its word and its shape where colours are not seen.
export async function verdictsDifferWithoutColour({ browser, reports }) {
  const { page, close } = await open(browser, reports.en, { forcedColors: "active" });
  const shapes = await page.locator(".counts .shape").evaluateAll((shapes) => shapes.map((shape) => shape.innerHTML));
  assert.equal(new Set(shapes).size, 4);
  const quoted = await page.locator("main code.foreign").first().evaluate((code) => getComputedStyle(code).borderTopStyle);
  assert.notEqual(quoted, "none", "foreign text is not marked");
  await close();
}

const KIB = 1024;

/// The picture in the README; MAILFLEET_REGENERATE=1 puts the one made here in its place.
export async function theReadmeShowsAReport({ browser, reports }) {
  const { page, close } = await open(browser, reports.en, {
    viewport: { width: 1280, height: 1120 },
    deviceScaleFactor: 1.25,
  });
  const path = join(samples, "readme.png");
  await page.screenshot({ path });
  await close();
  const shown = join(root, "samples/report.png");
  const fits = (picture) => {
    const size = statSync(picture).size;
    assert.ok(size > 20 * KIB && size < 300 * KIB, `${picture}: ${size} bytes`);
  };
  fits(path);
  if (process.env.MAILFLEET_REGENERATE) copyFileSync(path, shown);
  fits(shown);
}
