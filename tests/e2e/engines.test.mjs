// The same journeys in three engines, each by hand: mouse, keys and files, and a server that writes down what is asked of it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { ENGINES, until } from "./engines.mjs";
import { Hands, check, host, hosted, onlyOwnFiles, scripts } from "./hands.mjs";
import {
  allItems, domains, domainsOf, drawn, fill, headlines, hostile, inChromium, instrument, prints, report, response, room, root, say, strict, wording,
} from "./support.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Takes the storage away, as a browser does that is told to keep nothing. */
const BLOCK = 'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } });';

/** Below this folder the wasm comes when it is let through, and not before; below the other it never comes. */
const [HELD, LACKING] = ["/held", "/lacking"];
const from = (folder) => scripts.replace("/delineate.js", `${folder}/delineate.js`);
const arabic = JSON.parse(readFileSync(path.join(root, "content/ar/interface.json"), "utf8"));
const others = readFileSync(path.join(root, "examples/packs/chair-and-chief-executive.json"), "utf8");
const MADE = {
  "/block.js": { type: "text/javascript", body: BLOCK },
  "/axe.js": { type: "text/javascript", body: axeSource },
  "/checked": { body: host(check(), `<script src="/axe.js"></script>${scripts}`) },
  "/strict": { body: host(check()), policy: strict },
  "/two": { body: host(check('id="one" storage-key="one"') + check('id="two" storage-key="two" theme="dark"')), policy: strict },
  "/blocked": { body: host(check(), `<script src="/block.js"></script>${scripts}`), policy: strict },
  [HELD]: { body: host(`${check()}<div style="height: 20vh"></div>`, from(HELD)) },
  [LACKING]: { body: host("<role-clarity-check><p>Our ten questions</p></role-clarity-check>", from(LACKING)) },
  "/room": { body: host(room(check())) },
  "/hostile": { body: host(room(check()), `${scripts}<style>${hostile}</style>`) },
  "/arabic": { body: host(`<div style="width: 320px; margin: 0">${check()}</div>`).replace('lang="en"', 'lang="ar" dir="rtl"') },
  "/pack.json": { type: "application/json", body: others },
  "/others": { body: host(check('content="/pack.json"')), policy: strict },
  "/framed": {
    body: host('<iframe data-delineate title="A check" width="100%" height="300" src="/frame.html"></iframe>', '<script src="/watch.js"></script><script type="module" src="/delineate.resize.js"></script>'),
  },
};

let site, folder;
let through = Promise.resolve();
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "delineate-"));
  site = await hosted(MADE, {
    [HELD]: (file) => file.name.endsWith(".wasm") && through.then(() => file),
    [LACKING]: (file) => file.name.endsWith(".wasm") && { ...file, status: 404 },
  });
});
after(() => {
  site?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Where the other tests go through Firefox, these need not be run again. */
const ONCE = inChromium("the engines are driven without the driver, Firefox among them");

for (const [name, engine] of Object.entries(ENGINES)) {
  describe(`in ${name}`, { skip: engine.missing || ONCE.skip }, () => {
    let page, hands;
    before(async () => {
      page = await engine.open();
      hands = new Hands(page, site.address);
    });
    beforeEach(() => page.renew());
    after(() => page?.close());

    test("a whole quick check by mouse under a strict policy, with a reload, the back button and the results", async () => {
      await hands.arrive("/strict");
      await hands.begin();
      for (const [index, item] of headlines.entries()) {
        await hands.answer(item, 3);
        if (index !== 3) continue;
        const next = fill(wording(headlines[4]).question);
        await hands.heading(next);
        await page.reload();
        await hands.heading(next);
        await page.back();
        await hands.heading(fill(wording(item).question));
        await hands.button("ways.next");
      }
      await hands.answerMap("cio");
      await hands.heading(say("review.title"));
      await hands.button("review.results");
      await hands.heading(say("results.title"));
      // Practice 75, delineation 100: 87.5, rounded up.
      assert.equal(await hands.read(".score strong"), "88");
      await hands.nothingWrong();
    });

    test("a whole full check by keyboard alone", async () => {
      await hands.arrive("/strict");
      await hands.find("button", say("full.begin"));
      const reach = (title) => until(`the focus on ${title}`, async () => (await hands.focused()).text === title);
      const tabTo = async (what, holds) => {
        for (let tabs = 0; !holds(await hands.focused()); tabs++) {
          assert.ok(tabs < 80, `${what} cannot be reached by Tab`);
          await page.press("Tab");
        }
      };
      await tabTo("the full check", ({ text }) => text === say("full.begin"));
      await page.press("Enter");
      await reach(say("seat.question"));
      await page.press("1");
      await page.press("Enter");
      await reach(say("structure.question"));
      await page.press("Tab");
      await page.press(" ");
      await page.press("Enter");
      for (const [index, item] of allItems.entries()) {
        await reach(fill(wording(item).question));
        // Arrow keys move within the group, as everywhere: one down, and one up from what follows the levels.
        for (const key of [["4", "ArrowDown"], ["6", "ArrowUp"]][index] ?? ["5"]) await page.press(key);
        await page.press("Enter");
      }
      for (const group of instrument.domain_groups) {
        await reach(domains.groups[group].title);
        await hands.find(".map .tally");
        for (const { id, usual } of domainsOf(group)) {
          await tabTo(id, ({ name }) => name === id);
          await page.press(usual === "cio" ? "2" : "1");
        }
        await page.press("Enter");
      }
      await reach(say("review.title"));
      await tabTo("the results", ({ text }) => text === say("review.results"));
      await page.press("Enter");
      await reach(say("results.title"));
      assert.equal(await hands.read(".score strong"), "100");
      assert.equal(await hands.read(".band-name"), report.bands.sharp.name);
      const kept = await page.run(() => JSON.parse(localStorage.getItem("delineate")));
      assert.deepEqual([Object.keys(kept.items).length, kept.full_steps.length], [30, 10]);
      await hands.nothingWrong();
    });

    test("one button deletes every trace", async () => {
      await hands.arrive("/strict", response({ seat: "cto" }));
      await hands.button("wipe.ask");
      await until("the question to have the focus", async () => (await hands.focused()).text === say("wipe.question"));
      await hands.button("wipe.yes");
      await hands.find("button", say("quick.begin"));
      assert.equal(await hands.read('[role="status"]'), say("wipe.done"));
      assert.equal(await page.run(() => localStorage.length), 0);
      await page.reload();
      await hands.find("button", say("quick.begin"));
      await hands.nothingWrong();
    });

    /** The address that a CTO with high answers sends. */
    const sent = async (kind, passphrase) => {
      await hands.results(response({ seat: "cto", level: 4 }));
      await hands.click(`.share input[value="${kind}"]`);
      if (passphrase) {
        await hands.click("summary", say("share.lock"));
        await page.type(await hands.find(".share details input"), passphrase);
        await hands.button("share.lock_now");
        await until("the locked link", async () => (await page.run(() => document.querySelector("role-clarity-check").shadowRoot.querySelector(".share").textContent)).includes(say("share.locked")));
      }
      const link = () => page.run(() => document.querySelector("role-clarity-check").shadowRoot.querySelector(".share input[readonly]").value);
      const found = await link();
      await hands.nothingWrong();
      return found.slice(site.address.length);
    };

    test("the CTO invites, the CIO has answered, and both are compared", async () => {
      const link = await sent("invitation");
      const cio = response({ seat: "cio", level: 2, owner: ({ critical }) => ({ officer: critical ? "cio" : "cto" }) });
      await hands.arrive(link, cio);
      await hands.find(".arrival h2", say("arrival.invitation"));
      await hands.button("resume.results");
      await hands.find(".comparison");
      const critical = instrument.domains.filter((one) => one.critical).length;
      const alike = Math.round((100 * (instrument.domains.length - critical)) / instrument.domains.length / 2);
      // Of the map what is not contested, of the steps nothing: two levels apart each. The mean of both.
      assert.equal(await hands.read(".comparison .score strong"), String(alike));
      await hands.nothingWrong();
    });

    test("a passphrase seals the link: a wrong one opens nothing, the right one opens it", async () => {
      const link = await sent("result", "four rändom words here");
      await hands.arrive(link);
      await hands.find(".arrival h2", say("arrival.locked"));
      const field = () => hands.find(".arrival input");
      await page.type(await field(), "something else");
      await hands.button("arrival.open");
      await until("the refusal", async () => (await hands.read(".arrival [role=status]")) === say("lock.wrong"));
      assert.ok(await page.run(() => !document.querySelector("role-clarity-check").shadowRoot.querySelector(".score")), "a wrong passphrase opens nothing");
      await page.run(() => (document.querySelector("role-clarity-check").shadowRoot.querySelector(".arrival input").value = ""));
      await page.type(await field(), "four rändom words here");
      await hands.button("arrival.open");
      await hands.heading(say("results.title"));
      assert.equal(await hands.read(".hero .score strong"), "100");
      await hands.nothingWrong();
    });

    test("files go out as the native program writes them, and others' files come in", async () => {
      await hands.results(response({ seat: "cto", level: 1, full: true }));
      await hands.click("summary", say("files.tools"));
      await page.run(() => {
        // Where a browser keeps downloads is its own affair; what it is given to keep is read here.
        window.saved = [];
        const create = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          window.saved.push(blob);
          return create.call(URL, blob);
        };
      });
      await hands.button("files.result");
      await hands.button("files.answers");
      const [result, answers] = await page.run(() => Promise.all(window.saved.map((blob) => blob.text())));
      const file = path.join(folder, `${name}.json`);
      writeFileSync(file, answers);
      const native = prints("score", file);
      assert.equal(result, native);
      const other = path.join(folder, `${name}-cio.json`);
      writeFileSync(other, JSON.stringify(response({ seat: "cio", level: 4 })));
      await page.upload(await hands.hidden(".drop input[type=file]"), other);
      await hands.find(".comparison");
      await hands.nothingWrong();
    });

    test("two checks on one page keep apart, each in its own colours", async () => {
      await hands.arrive("/two");
      const [one, two] = [hands.of(0), hands.of(1)];
      await one.begin("cto");
      await one.answer(headlines[0], 1);
      await one.heading(fill(wording(headlines[1]).question));
      await two.find("button", say("quick.begin"));
      await two.begin("cio");
      await two.heading(fill(wording(headlines[0]).question));
      await one.heading(fill(wording(headlines[1]).question));
      const seats = await page.run(() => ["one", "two"].map((key) => JSON.parse(localStorage.getItem(key)).respondent.seat));
      assert.deepEqual(seats, ["cto", "cio"]);
      const [light, dark] = await page.run(() => [...document.querySelectorAll("role-clarity-check")].map((element) => {
        const context = document.createElement("canvas").getContext("2d");
        context.fillStyle = getComputedStyle(element.shadowRoot.querySelector(".delineate")).backgroundColor;
        context.fillRect(0, 0, 1, 1);
        return context.getImageData(0, 0, 1, 1).data[1];
      }));
      assert.ok(light > 200 && dark < 60, `the papers are ${light} and ${dark} of 255 light`);
      await hands.nothingWrong();
    });

    test("the check takes the place of its first screen without moving the page under the visitor", async () => {
      let release;
      through = new Promise((resolve) => (release = resolve));
      await hands.arrive(HELD);
      await hands.find("button", say("quick.begin"));
      const isReady = () => page.run(() => document.querySelector("role-clarity-check").hasAttribute("data-ready"));
      assert.equal(await isReady(), false);
      assert.equal(await page.run(() => (scrollTo(0, 100), scrollY)), 100);
      release();
      await until("the check", isReady);
      assert.equal(await page.run(() => new Promise((resolve) => requestAnimationFrame(() => resolve(scrollY)))), 100);
      await hands.nothingWrong();
    });

    test("without storage the check says so, and goes on", async () => {
      await page.goto(`${site.address}/blocked`);
      await hands.find(".notice p", say("notice.storage_unavailable"));
      await hands.begin();
      await hands.answer(headlines[0], 2);
      await hands.heading(fill(wording(headlines[1]).question));
      await hands.nothingWrong();
    });

    test("within a frame the check is as tall as it needs to be, and keeps its answers", async () => {
      await hands.arrive("/framed");
      const fits = () =>
        page.run(() => {
          const frame = document.querySelector("iframe");
          const needed = Math.ceil(frame.contentDocument?.documentElement?.getBoundingClientRect().height ?? 0);
          return frame.contentDocument?.querySelector("role-clarity-check")?.hasAttribute("data-ready") && frame.clientHeight === needed && needed;
        });
      const first = await until("the frame to fit its first page", fits);
      await page.enter("frame.html");
      await hands.begin();
      await hands.answer(headlines[0], 2);
      await hands.heading(fill(wording(headlines[1]).question));
      const kept = await page.run(() => JSON.parse(localStorage.getItem("delineate")).items);
      assert.deepEqual(kept, { [headlines[0]]: { level: 2 } });
      await page.leave();
      assert.notEqual(await until("the frame to fit a question", fits), first);
      await hands.nothingWrong();
    });

    test("a hostile style sheet changes nothing of the first page nor of the results", async () => {
      // Whatever moves has come to rest when it is drawn twice alike.
      const settled = async () => {
        let last;
        await until("the page to rest", async () => {
          const now = (await page.run(drawn)).join("\n");
          const rests = now === last;
          last = now;
          return rests;
        });
        return last.split("\n");
      };
      const seen = async (where) => {
        await hands.arrive(where, response({ level: 1 }));
        const resume = await hands.find("button", say("resume.results"));
        const first = await settled();
        await page.click(resume);
        await hands.find(".desk-parts");
        return [first, await settled()];
      };
      const [expected, found] = [await seen("/room"), await seen("/hostile")];
      for (const [place, least] of [[0, 7], [1, 300]]) {
        assert.ok(expected[place].length >= least, `only ${expected[place].length} parts to compare`);
        assert.deepEqual(found[place].filter((part, index) => part !== expected[place][index]).slice(0, 5), []);
        assert.equal(found[place].length, expected[place].length);
      }
      await hands.nothingWrong();
    });

    test("in Arabic the check is mirrored, and its results are whole in a column of 320 px", async () => {
      await hands.arrive("/arabic", response({ seat: "cio", level: 1 }));
      await hands.click("button", arabic["resume.results"]);
      await hands.heading(arabic["results.title"]);
      await hands.find(".desk-parts");
      const { direction, out, texts, wide } = await page.run(() => {
        const element = document.querySelector("role-clarity-check");
        const stage = element.shadowRoot.querySelector(".delineate");
        const { left, right } = element.getBoundingClientRect();
        const scrolls = (part) => part && (["auto", "scroll", "hidden"].includes(getComputedStyle(part).overflowX) || scrolls(part.parentElement));
        // What is for a screen reader alone is clipped, and what scrolls for itself may be wider within.
        const parts = [...stage.querySelectorAll("*")].filter((part) => part.checkVisibility() && !part.closest("svg") && !scrolls(part) && getComputedStyle(part).clipPath === "none");
        const out = parts.filter((part) => {
          const box = part.getBoundingClientRect();
          return box.width > 1 && (box.left < left - 1 || box.right > right + 1);
        });
        const texts = [...stage.querySelectorAll("svg text")].filter((part) => part.checkVisibility());
        const away = texts.filter((part) => part.getBoundingClientRect().left < left - 1 || part.getBoundingClientRect().right > right + 1);
        // What is folded up holds fields for long choices.
        for (const folded of stage.querySelectorAll("details")) folded.open = true;
        return {
          direction: getComputedStyle(stage).direction, texts: texts.length, wide: stage.scrollWidth - stage.clientWidth,
          out: [...out.map((part) => `${part.localName}.${part.className}`), ...away.map((part) => part.textContent)],
        };
      });
      assert.equal(direction, "rtl");
      assert.deepEqual(out, []);
      assert.ok(texts > 20, `${texts} texts in charts`);
      assert.ok(wide <= 0, `what is unfolded is ${wide} px wider than the check`);
      await hands.nothingWrong();
    });

    test("a domain's heading stands below its line and beside its button, and becomes narrower with its column", async () => {
      await hands.arrive("/strict", { ...response({ seat: "cto" }), domains: {} });
      await hands.button("resume.continue");
      await hands.heading(domains.groups[instrument.domain_groups[0]].title);
      for (const width of [900, 288]) {
        const measured = await page.run(async (width) => {
          const element = document.querySelector("role-clarity-check");
          element.style.width = `${width}px`;
          await new Promise((drawn) => setTimeout(drawn, 200));
          const box = (part) => {
            const { top, bottom, left, right } = part.getBoundingClientRect();
            return { top, bottom, left, right };
          };
          const of = (domain) => Object.fromEntries(["legend", ".clear", ".about"].map((part) => [part, box(domain.querySelector(part))]));
          return [...element.shadowRoot.querySelectorAll(".domain")].map((domain) => ({ domain: box(domain), ...of(domain) }));
        }, width);
        assert.ok(measured.length > 2);
        for (const { domain, legend, ".clear": clear, ".about": about } of measured) {
          assert.ok(legend.top >= domain.top + 12, `the heading lies on its line: ${legend.top} in ${domain.top}, ${width} px`);
          assert.ok(clear.top < legend.bottom && clear.bottom > legend.top, `the button is not beside the heading, ${width} px`);
          assert.ok(legend.right <= clear.left && clear.right <= domain.right + 1, `the heading reaches ${legend.right} and the button ${clear.right} of ${domain.right}, ${width} px`);
          assert.ok(about.top > legend.bottom - 1 && about.top < legend.bottom + 20, `from the heading to its words there are ${about.top - legend.bottom} px, ${width} px`);
        }
      }
      await hands.nothingWrong();
    });

    test("a host's own roles are asked under a strict policy, and kept under their own name", async () => {
      const { instrument: own, interface: words, report: told } = JSON.parse(others);
      await hands.arrive("/others");
      await hands.click("button", words["quick.begin"] ?? say("quick.begin"));
      await hands.find(".question input");
      const text = await page.run(() => document.querySelector("role-clarity-check").shadowRoot.querySelector(".frame").textContent);
      assert.doesNotMatch(text, /\bC[TI]O\b/);
      assert.ok(Object.values(told.seats).some((seat) => text.includes(seat)), text);
      await hands.click(".question input");
      await hands.click(".ways button[type=submit]");
      const keys = () => page.run(() => Object.keys(localStorage));
      await until("the answer to be kept", async () => (await keys()).length);
      assert.deepEqual(await keys(), [`delineate-${own.id}`]);
      await hands.nothingWrong();
    });

    test("the facilitator's view shows one difference at a time, by keyboard, and gives the focus back", async () => {
      await hands.results(response({ seat: "cto", level: 1 }));
      const cio = path.join(folder, `${name}-stage.json`);
      writeFileSync(cio, JSON.stringify(response({ seat: "cio", level: 4, owner: ({ critical }) => ({ officer: critical ? "cio" : "cto" }) })));
      await page.upload(await hands.hidden(".drop input[type=file]"), cio);
      await hands.find(".comparison");
      await hands.button("stage.start");
      const focus = (text) => until(`the focus on ${text}`, async () => (await hands.focused()).text === text);
      await focus(say("stage.next"));
      const shown = () => page.run(() => [...document.querySelector("role-clarity-check").shadowRoot.querySelectorAll("dialog[open] h3")].map((one) => one.textContent));
      assert.deepEqual(await shown(), [], "nothing is shown before it is asked for");
      await page.press(" ");
      const first = await until("the first difference", async () => (await shown()).length === 1 && (await shown())[0]);
      await page.press("ArrowRight");
      await until("the second difference", async () => (await shown()).length === 1 && (await shown())[0] !== first);
      await page.press("ArrowLeft");
      await until("the first difference again", async () => (await shown())[0] === first);
      await page.press("Escape");
      await focus(say("stage.start"));
      await hands.nothingWrong();
    });

    test("a saved result is there after a reload, and goes when it is deleted", async () => {
      await hands.results(response({ seat: "cto", level: 2 }));
      await page.type(await hands.find("#desk-save-name"), "Spring");
      await hands.button("memory.save");
      const saved = async () => (await hands.read(".saved summary")) ?? "";
      await until("the saved result", async () => (await saved()).includes("Spring"));
      await page.reload();
      await until("the saved result after the reload", async () => (await saved()).includes("Spring"));
      await hands.click(".saved summary");
      await hands.button("memory.delete");
      await hands.button("memory.delete_yes");
      await until("the list to be empty", async () => !(await saved()));
      assert.equal(await page.run(() => JSON.parse(localStorage.getItem("delineate.history") ?? "null")?.snapshots.length ?? 0), 0);
      await hands.nothingWrong();
    });

    test("where the wasm cannot be had, words take the place of the check, and the answers wait for it", async () => {
      await hands.arrive(LACKING, response({ seat: "cto", level: 2 }));
      await until("the reason", async () => (await page.run(() => document.querySelector("role-clarity-check").shadowRoot?.textContent ?? "")).includes(say("notice.not_started")));
      assert.ok(await page.run(() => document.querySelector("role-clarity-check > p").checkVisibility()), "the host's own words are not shown");
      await page.goto(`${site.address}/strict`);
      await hands.button("resume.results");
      await hands.heading(say("results.title"));
      await hands.nothingWrong();
    });

    test("the console counts the files of many, and says what is wrong with one", async () => {
      const file = path.join(folder, `${name}.ndjson`);
      const seats = ["ceo", "cto", "cio"];
      const lines = Array.from({ length: 12 }, (_, place) => JSON.stringify(response({ seat: seats[place % 3], level: place % 5, full: place > 8 })));
      const good = path.join(folder, `${name}-good.ndjson`);
      writeFileSync(file, [...lines, "{}"].join("\n"));
      writeFileSync(good, lines.join("\n"));
      await page.goto(`${site.address}/console.html`);
      await page.upload(await until("the field for files", () => page.element(() => document.querySelector("#files:enabled"))), file);
      const text = (id) => page.run((id) => document.getElementById(id).textContent, id);
      await until("the end of the reading", async () => (await text("state")) === say("console.read_all"));
      assert.deepEqual([await text("count-accepted"), await text("count-refused")], ["12", "1"]);
      // The statistics are another answer of the worker, which comes after the files are read.
      await until("the statistics", async () => (await text("size")) === say("console.respondents_many", { count: 12 }));
      const native = JSON.parse(prints("cohort", good));
      const { gaps, overlaps } = native.all.shown;
      const decimal = (value) => new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
      for (const [id, { respondents, share, count, mean }] of Object.entries({ gaps, overlaps })) {
        assert.equal(await text(id), say(`console.${id}`, { respondents, share: decimal(share.rounded), count, mean: decimal(mean.rounded) }));
      }
    });

    test("the configurator writes what is chosen into its snippet, and the doctor finds the browser in order", async () => {
      await page.goto(`${site.address}/configurator.html`);
      await hands.find("button", say("quick.begin"));
      await page.run(() => {
        const mode = document.querySelector("select[name=mode]");
        mode.value = "full";
        for (const kind of ["input", "change"]) mode.dispatchEvent(new Event(kind, { bubbles: true }));
      });
      await until("the snippet", () => page.run(() => document.querySelector("#snippet").textContent.includes('mode="full"')));
      await hands.find("button", say("full.begin"));
      assert.equal(await page.run((words) => document.querySelector("role-clarity-check").shadowRoot.textContent.includes(words), say("quick.begin")), false);
      await page.goto(`${site.address}/doctor.html`);
      const found = await page.run(async () => Object.fromEntries((await (await import("/delineate.doctor.js")).diagnose()).map(({ id, good }) => [id, good])));
      // Compression and caching are the server's; this one does neither.
      assert.deepEqual(found, { wasm: true, connect: true, files: true, type: true, compression: false, caching: false, styles: true, storage: true });
    });

    test("axe finds nothing, neither on a question nor in the results", async () => {
      const violations = () =>
        page.run(async () => {
          const { violations } = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" ")).join(", ")}`);
        });
      await hands.arrive("/checked");
      await hands.begin();
      await hands.heading(fill(wording(headlines[0]).question));
      assert.deepEqual(await violations(), []);
      await hands.arrive("/checked", response({ seat: "cto", level: 1 }));
      await hands.button("resume.results");
      await hands.find(".desk-parts");
      assert.deepEqual(await violations(), []);
      await hands.nothingWrong();
    });
  });
}

test("the server was asked for the project's own files and nothing else, by every engine", ONCE, () => {
  onlyOwnFiles(site, ["delineate.resize.js", ...["first.json", "json", "questions.json", "desk.json"].map((part) => `content/ar.${part}`)]);
});
