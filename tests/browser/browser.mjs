// One Chromium for everything, without a way out: whatever a page asks for beyond its own file is noted.

import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/// A report opened in a context of its own. `broken` has what it asked for, what its policy forbade and
/// what it complained of; all of it must stay empty.
export async function open(browser, file, options = {}) {
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const own = pathToFileURL(file).href;
  const broken = [];
  await page.route("**/*", (route) => {
    if (route.request().url() === own) return route.continue();
    return route.abort();
  });
  page.on("request", (request) => {
    if (request.url() !== own) broken.push(`it asks for ${request.url()}`);
  });
  page.on("console", (message) => broken.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => broken.push(`script: ${error}`));
  page.on("dialog", (dialog) => {
    broken.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.exposeFunction("noteViolation", (what) => broken.push(`policy: ${what}`));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) =>
      window.noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    ),
  );
  await page.goto(own);
  return { page, broken, close: () => context.close() };
}

export const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
