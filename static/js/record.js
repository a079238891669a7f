// Sends what is entered at a meeting, and shows what others entered. Without a connection entries wait in this browser, each with a
// key of its own, so that one that is sent twice counts once. Without script each form is sent as forms are.
const place = document.getElementById("record");
const top = place.querySelector(".record-top");
const told = document.getElementById("told"); // what was refused, until it is put right or closed
const said = document.getElementById("said"); // for screen readers: what is being sent
const { person, enter } = place.dataset;
const isOpen = "open" in place.dataset;
const STORED = `record:${location.pathname}`;
const TOKEN = "input[name=csrfmiddlewaretoken]";
const LOOK = enter ? 2000 : 5000; // milliseconds between two looks
const AGAIN = 3000, TICK = 10_000;
const PATIENCE = 15_000; // without an answer for so long there is no connection
const NO_CONNECTION = "no connection", SIGNED_OUT = "you are signed out";
const FIELDS = "input:not([type=hidden]), select, textarea";
let newest = place.dataset.newest;
let token = document.querySelector(TOKEN)?.value ?? "";
let sending = false, looking = false, again;
let trouble = null; // why nothing comes through, and since when
const seen = new Map(); // what the server last said of each part
const later = new Map(); // parts that changed while somebody was typing in them

function clock(minutes) { // of the day; as in "9.30am"
  const hour = Math.floor(minutes / 60) % 24, rest = minutes % 60;
  return `${hour % 12 || 12}${rest ? `.${`${rest}`.padStart(2, "0")}` : ""}${hour < 12 ? "am" : "pm"}`;
}
const ahead = Date.parse(place.dataset.now) - Date.now(); // a phone's clock may be wrong
const timeOf = (moment) => clock(moment.getHours() * 60 + moment.getMinutes());
const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// --- What waits to be sent, and what was refused and is not put right yet

const queue = () => JSON.parse(localStorage.getItem(STORED) ?? "[]");
const mine = () => queue().filter((each) => each.person === person);
const waiting = () => mine().filter((each) => !each.problems);
const refused = () => mine().filter((each) => each.problems);
const store = (entries) => (entries.length ? localStorage.setItem(STORED, JSON.stringify(entries)) : localStorage.removeItem(STORED));
const remove = (key) => store(queue().filter((each) => each.key !== key));

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function showWaiting() {
  const waits = document.getElementById("waits"); // looked for each time: the bar is drawn again
  if (!waits) return;
  const entries = waiting();
  const since = timeOf(new Date(entries[0]?.at ?? trouble?.since ?? Date.now()));
  const why = trouble ? trouble.why : "";
  const isLate = entries.length && Date.now() - entries[0].at >= LOOK;
  waits.hidden = !trouble && !isLate;
  waits.textContent = "";
  if (entries.length) waits.textContent = `${entries.length} ${entries.length === 1 ? "entry waits" : "entries wait"} since ${since}${why && `: ${why}`}. Keep this page open.`;
  else if (trouble) waits.textContent = `${why[0].toUpperCase()}${why.slice(1)} since ${since}. What you see may be out of date.`;
  if (why !== SIGNED_OUT) return;
  const link = document.createElement("a");
  Object.assign(link, { href: location.pathname, target: "_blank", className: "govuk-link", textContent: "Sign in again in another tab" });
  waits.append(" ", link);
}

function setTrouble(why) {
  if (why !== trouble?.why) trouble = why ? { why, since: Date.now() } : null;
  showWaiting();
}

const post = (entry) => {
  const body = new URLSearchParams(entry.body);
  body.set("csrfmiddlewaretoken", token); // the newest: whoever signs in again gets another
  return fetch(enter, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
};

// Whether the same person is signed in, in whichever tab; their forms then have the token that counts.
async function renewToken() {
  const answer = await fetch(location.pathname, { redirect: "manual" });
  if (answer.status !== 200) return false;
  const page = await parsed(answer);
  if (page.getElementById("record")?.dataset.person !== person) return false;
  token = page.querySelector(TOKEN)?.value ?? token;
  for (const each of document.querySelectorAll(TOKEN)) each.value = token;
  return true;
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(again);
  let why = "";
  try {
    for (let [next] = waiting(); next && !why; [next] = waiting()) {
      let answer = await post(next);
      if (answer.status === 403) answer = (await renewToken()) ? await post(next) : null;
      if (!answer || answer.type === "opaqueredirect") why = SIGNED_OUT;
      else if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status}`);
      else if (answer.ok) remove(next.key);
      else refuse(next, answer.status === 422 ? (await answer.json()).problems : ["The portal does not take it from you. Open the page again."]);
    }
  } catch {
    why = NO_CONNECTION;
  } finally {
    sending = false;
  }
  setTrouble(why);
  if (why) again = setTimeout(send, AGAIN);
  else look();
}

place.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.entry) return;
  event.preventDefault();
  const answers = new FormData(form, event.submitter);
  const key = newKey();
  answers.delete("csrfmiddlewaretoken");
  answers.set("key", key);
  answers.set("said_at", new Date().toISOString());
  const typed = [...form.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea")].map((each) => each.value).filter(Boolean);
  const choice = event.submitter?.textContent.trim() ?? "";
  const words = `${form.dataset.entry}${event.submitter?.name ? `: ${choice}` : ""}`;
  const from = form.querySelector(FIELDS)?.id ?? "";
  try {
    store([...queue(), { key, person, words, from, at: Date.now(), typed: typed.join("; "), body: `${new URLSearchParams(answers)}` }]);
  } catch {
    form.submit(); // nothing can be kept in this browser: the form is sent as it is without script
    return;
  }
  if (form.dataset.refused) close(form.dataset.refused);
  for (const button of form.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", `${button === event.submitter}`);
  form.reset();
  const more = form.closest(".record-more");
  if (more) more.open = false;
  if (form.dataset.opens) show(document.getElementById(form.dataset.opens));
  said.textContent = `${words}: sending`;
  setTimeout(showWaiting, LOOK);
  send();
});

// --- What was refused: said under the bar, and given back in its form with all that was typed

const isTyping = () => document.activeElement?.matches(FIELDS);
const formOf = (entry) => entry.from && document.getElementById(entry.from)?.form;

function refuse(sent, problems) {
  const entry = { ...sent, problems };
  store(queue().map((each) => (each.key === entry.key ? entry : each)));
  seen.clear(); // the next look shows all as it is: what was chosen does not hold
  newest = "";
  showRefused();
  if (isTyping()) return; // they are told, and go on with what they write
  giveBack(entry);
  told.querySelector(`[data-key="${entry.key}"]`)?.focus({ preventScroll: getComputedStyle(top).position === "sticky" });
}

function line(words, className = "") {
  return Object.assign(document.createElement("p"), { textContent: words, className });
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "portal-link-button", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function showRefused() {
  const entries = refused();
  const keys = entries.map((each) => each.key);
  for (const each of [...told.children]) if (!keys.includes(each.dataset.key)) each.remove();
  for (const entry of entries) {
    if (told.querySelector(`[data-key="${entry.key}"]`)) continue;
    const box = document.createElement("div");
    Object.assign(box, { className: "record-told__problem", tabIndex: -1 });
    box.dataset.key = entry.key;
    box.append(line(`Not entered: ${entry.words}.`, "record-told__what"), line(entry.problems.join(" ")));
    if (entry.typed) box.append(line(`You typed: ${entry.typed}`, "record-told__typed"));
    const ways = document.createElement("p");
    if (formOf(entry)) ways.append(button("Put it right", () => giveBack(entry, true)), " ");
    ways.append(button(entry.typed ? "Discard it" : "Close", () => close(entry.key)));
    box.append(ways);
    told.append(box);
  }
}

// The bar stays above what is scrolled to, as high as it is now.
const measureBar = () => document.documentElement.style.setProperty("--record-top", `${top.offsetHeight}px`);
const bringUp = (part) => (measureBar(), part.scrollIntoView({ block: "start" }));

// Opens the form it came from and fills it in again, unless somebody has typed something else there since.
function giveBack(entry, andFocus = false) {
  const form = formOf(entry);
  if (!form) return;
  for (let each = form.parentElement; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  if (form.dataset.refused !== entry.key && !isTouched(form)) {
    const answers = new URLSearchParams(entry.body);
    for (const field of form.querySelectorAll(FIELDS)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = answers.getAll(field.name).includes(field.value);
      else field.value = answers.get(field.name) ?? "";
      if (field.checked || field.value !== "") openAround(field, form);
    }
    form.dataset.refused = entry.key;
    form.prepend(line(entry.problems.join(" "), "govuk-error-message"));
    told.querySelector(`[data-key="${entry.key}"] .record-told__typed`)?.remove();
  }
  bringUp(form);
  if (andFocus) form.querySelector(FIELDS).focus();
}

function openAround(field, form) {
  const around = field.closest("details");
  const isOne = field.type === "radio" || field.type === "checkbox";
  if (around && form.contains(around) && (isOne ? field.checked : field.matches("input, textarea") || field.selectedIndex > 0)) around.open = true;
}

function close(key) {
  remove(key);
  for (const form of place.querySelectorAll("form[data-refused]")) {
    if (form.dataset.refused !== key) continue;
    delete form.dataset.refused;
    form.querySelector(".govuk-error-message")?.remove();
    form.reset();
  }
  showRefused();
  putLater();
}

// --- What others entered

const plain = (part) => part.outerHTML.replace(/(name="(?:key|csrfmiddlewaretoken)" value=")[^"]*/g, "$1").replace(/ open=""/g, "").replace(/ hidden=""/g, "");
const isChanged = (field) => {
  if (field.tagName !== "SELECT") return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected));
};
const isTouched = (part) =>
  (part.contains(document.activeElement) && isTyping()) || [...part.querySelectorAll(FIELDS)].some(isChanged);

function show(item) {
  if (!item) return;
  for (const each of document.querySelectorAll("details.record-item")) each.open = each === item;
  bringUp(item);
}

function put(part, fresh) {
  const opened = [...part.querySelectorAll("details[open] > summary")].map((each) => each.textContent);
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const where = focused && [...part.querySelectorAll("button, a, summary")].indexOf(focused);
  const node = document.importNode(fresh, true);
  for (const summary of node.querySelectorAll("details > summary")) if (opened.includes(summary.textContent)) summary.parentElement.open = true;
  part.replaceWith(node);
  if (where !== null && where >= 0) [...node.querySelectorAll("button, a, summary")][where]?.focus();
}

function putLater() {
  for (const [name, fresh] of later) {
    const part = place.querySelector(`[data-part="${name}"]`);
    if (!part || isTouched(part)) continue;
    later.delete(name);
    put(part, fresh);
    showWaiting();
  }
}

function refresh(page) {
  putLater();
  for (const fresh of page.querySelectorAll("[data-part]")) {
    const { part: name } = fresh.dataset;
    const part = place.querySelector(`[data-part="${name}"]`);
    const words = plain(fresh);
    if (!part || seen.get(name) === words) continue;
    seen.set(name, words);
    if (isTouched(part)) later.set(name, fresh);
    else put(part, fresh);
  }
  for (const fresh of page.querySelectorAll("details.record-item")) {
    const item = document.getElementById(fresh.id);
    const isNow = fresh.classList.contains("record-item--now");
    if (!item || isNow === item.classList.contains("record-item--now")) continue;
    item.classList.toggle("record-item--now", isNow);
    if (isNow && !place.contains(document.activeElement?.closest("form")) && !refused().length) show(item);
  }
  showWaiting();
}

place.addEventListener("focusout", () => setTimeout(putLater));

async function look() {
  if (looking) return;
  looking = true;
  try {
    const answer = await fetch(`${location.pathname}?after=${newest}`, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    const page = answer.status === 200 ? await parsed(answer) : null;
    const fresh = page?.getElementById("record");
    if (answer.type === "opaqueredirect" || (fresh && fresh.dataset.person !== place.dataset.person)) setTrouble(SIGNED_OUT);
    else if (answer.ok && !waiting().length) setTrouble("");
    if (!fresh || fresh.dataset.person !== place.dataset.person) return;
    newest = fresh.dataset.newest;
    refresh(page);
    if ("open" in fresh.dataset || waiting().length) return;
    const typed = [...place.querySelectorAll("form:not([data-refused])")].some(isTouched); // what was refused is kept
    if (!typed) location.reload();
  } catch {
    setTrouble(NO_CONNECTION); // the next look tries again
  } finally {
    looking = false;
  }
}

// --- The time that is left for the item, and when the meeting is likely to end: as pace.py says it

function tick() {
  for (const each of place.querySelectorAll("[data-until]")) {
    const left = -Math.floor((Date.now() + ahead - Date.parse(each.dataset.until)) / 60_000), minutes = Math.abs(left);
    each.textContent = `${minutes} ${minutes === 1 ? "minute" : "minutes"} ${left < 0 ? "over" : "left"}`;
    const ends = place.querySelector("[data-ends]");
    if (ends) ends.textContent = clock(Number(ends.dataset.ends) + Math.max(-left, 0));
  }
}

for (const part of place.querySelectorAll("[data-part]")) seen.set(part.dataset.part, plain(part));
if (isOpen) setInterval(() => document.hidden || look(), LOOK);
if (isOpen) setInterval(tick, TICK);
if (top) new ResizeObserver(measureBar).observe(top);
addEventListener("online", send);
addEventListener("pageshow", (event) => event.persisted && look());
if (told) {
  addEventListener("storage", () => (showRefused(), showWaiting())); // another tab has sent some
  showRefused();
  refused().forEach((each) => giveBack(each));
  if (waiting().length) send();
}
