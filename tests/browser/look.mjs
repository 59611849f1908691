// Opens every page of a folder in a browser, wide and narrow, light and dark, and reports as JSON
// what is wrong: console messages, requests that leave the page, axe-core's violations, pages
// wider than the screen, words that leave their drawing, and keys that lead nowhere. With a second
// folder, takes screenshots.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [site, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EVERYTHING = {
  type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};
const SCREENS = [ // all rules and all pages on the narrow one, then what another screen can break
  { name: "390", width: 390, height: 844, colorScheme: "light", rules: EVERYTHING },
  { name: "1280", width: 1280, height: 900, colorScheme: "light",
    rules: { type: "rule", values: ["color-contrast", "scrollable-region-focusable"] } },
  { name: "1280-dark", width: 1280, height: 900, colorScheme: "dark",
    rules: { type: "rule", values: ["color-contrast", "link-in-text-block"] } },
];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS,
});
const pages = readdirSync(site).filter((name) => name.endsWith(".html")).sort();
const wrong = [];

const SAMPLE = 6; // pages of one kind, the largest, that are audited and seen on every screen
const counted = {};
const bySize = [...pages].sort((one, other) => size(other) - size(one));
const sample = new Set(bySize.filter((name) => {
  const kind = name.split(/[-.]/)[0];
  counted[kind] = (counted[kind] ?? 0) + 1;
  return counted[kind] <= SAMPLE;
}));

function size(name) {
  return statSync(join(site, name)).size;
}

let name; // of the page that is open

async function opened(context, found) {
  const page = await context.newPage();
  page.on("console", (message) => found("console", message.text()));
  page.on("pageerror", (error) => found("error", String(error)));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) found("request", request.url());
  });
  return page;
}

async function look(page, screen, found) {
  await page.goto(pathToFileURL(resolve(site, name)).href);
  if (pictures) {
    await page.screenshot({ path: join(pictures, `${name}.${screen.name}.png`), fullPage: true });
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) found("wider than the screen", wide);
  const outside = await page.evaluate(() => {
    const cut = (words) => {
      const [own, all] = [words, words.ownerSVGElement].map((one) => one.getBoundingClientRect());
      return all.width && (own.left < all.left - 1 || own.right > all.right + 1);
    };
    return [...document.querySelectorAll("svg text")].filter(cut).map((one) => one.textContent);
  });
  if (outside.length) found("words outside their drawing", outside);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement?.className);
  if (first !== "skip") found("the first key", first);
  if (sample.has(name)) await audit(page, screen.rules, found);
}

async function audit(page, rules, found) {
  // The page's own policy admits no script: the audit comes through the debugger, not the page.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), rules,
  );
  for (const one of violations) {
    found(`axe ${one.id}`, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)));
  }
}

for (const screen of SCREENS) {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height }, colorScheme: screen.colorScheme,
  });
  const found = (what, detail) => wrong.push({ page: name, screen: screen.name, what, detail });
  const page = await opened(context, found);
  for (name of screen === SCREENS[0] ? pages : sample) await look(page, screen, found);
  await context.close();
}
await browser.close();
console.log(JSON.stringify({ pages: pages.length, wrong }, null, 2));
