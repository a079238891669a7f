// Sends what is entered at a meeting, and shows what others entered. Without a connection entries wait in this browser, each with a
// key of its own, so that one that is sent twice counts once. Without script each form is sent as forms are.
const place = document.getElementById("record");
const told = document.getElementById("told");
const { person, enter } = place.dataset;
const STORED = `record:${location.pathname}`;
const LOOK = enter ? 2000 : 5000; // milliseconds between two looks
const AGAIN = 3000;
let newest = place.dataset.newest;
let sending = false;
const seen = new Map(); // what the server last said of each part
const later = new Map(); // parts that changed while somebody was typing in them

// --- What waits to be sent

const queue = () => JSON.parse(localStorage.getItem(STORED) ?? "[]");
const mine = () => queue().filter((each) => each.person === person);
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

function showWaiting(why = "") {
  const number = mine().length;
  const waits = document.getElementById("waits"); // looked for each time: the bar is drawn anew
  if (!waits) return;
  waits.hidden = number === 0;
  waits.textContent = number ? `${number} ${number === 1 ? "entry waits" : "entries wait"} in this browser${why}. Keep this page open.` : "";
}

function tell(words, kind = "problem") {
  const line = document.createElement("p");
  line.className = `record-told__${kind}`;
  line.textContent = words;
  told.replaceChildren(line);
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    for (let [next] = mine(); next; [next] = mine()) {
      const answer = await fetch(enter, {
        method: "POST",
        body: new URLSearchParams(next.body),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        showWaiting(": sign in again in another tab");
        break;
      }
      if (answer.status >= 500) throw new Error(`${answer.status}`);
      remove(next.key);
      if (answer.ok) told.replaceChildren();
      else if (answer.status === 422) tell(`Not entered: ${next.words}. ${(await answer.json()).problems.join(" ")}${next.typed ? ` You typed: ${next.typed}` : ""}`);
      else tell(`Not entered: ${next.words}. Open the page again.`);
      showWaiting();
    }
  } catch {
    showWaiting(": no connection");
    setTimeout(send, AGAIN);
  } finally {
    sending = false;
  }
  look();
}

place.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.entry) return;
  event.preventDefault();
  const answers = new FormData(form, event.submitter);
  const key = newKey();
  answers.set("key", key);
  answers.set("said_at", new Date().toISOString());
  const typed = [...form.querySelectorAll("input:not([type=hidden]):not([type=radio]), textarea")].map((each) => each.value).filter(Boolean);
  const choice = event.submitter?.textContent.trim() ?? "";
  const words = `${form.dataset.entry}${event.submitter?.name ? `: ${choice}` : ""}`;
  try {
    store([...queue(), { key, person, words, typed: typed.join("; "), body: `${new URLSearchParams(answers)}` }]);
  } catch {
    form.submit(); // nothing can be kept in this browser: the form is sent as it is without script
    return;
  }
  for (const button of form.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", `${button === event.submitter}`);
  form.reset();
  const more = form.closest(".record-more");
  if (more) more.open = false;
  if (form.dataset.opens) show(document.getElementById(form.dataset.opens));
  tell(`${words}: sending`, "sending");
  showWaiting();
  send();
});

// --- What others entered

const plain = (part) => part.outerHTML.replace(/(name="(?:key|csrfmiddlewaretoken)" value=")[^"]*/g, "$1").replace(/ open=""/g, "").replace(/ hidden=""/g, "");
const isTouched = (part) =>
  part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
  || [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((each) => each.checked !== each.defaultChecked || each.value !== each.defaultValue);

function show(item) {
  if (!item) return;
  for (const each of document.querySelectorAll("details.record-item")) each.open = each === item;
  item.scrollIntoView({ block: "start" });
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

function refresh(page) {
  for (const fresh of page.querySelectorAll("[data-part]")) {
    const { part: name } = fresh.dataset;
    const part = place.querySelector(`[data-part="${name}"]`);
    const said = plain(fresh);
    if (!part || seen.get(name) === said) continue;
    seen.set(name, said);
    if (isTouched(part)) later.set(name, fresh);
    else put(part, fresh);
  }
  for (const fresh of page.querySelectorAll("details.record-item")) {
    const item = document.getElementById(fresh.id);
    const isNow = fresh.classList.contains("record-item--now");
    if (!item || isNow === item.classList.contains("record-item--now")) continue;
    item.classList.toggle("record-item--now", isNow);
    if (isNow && !place.contains(document.activeElement?.closest("form"))) show(item);
  }
  showWaiting();
}

place.addEventListener("focusout", () => setTimeout(() => {
  for (const [name, fresh] of later) {
    const part = place.querySelector(`[data-part="${name}"]`);
    if (!part || isTouched(part)) continue;
    later.delete(name);
    put(part, fresh);
  }
}));

async function look() {
  try {
    const answer = await fetch(`${location.pathname}?after=${newest}`, { redirect: "manual" });
    if (answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("record");
    if (!fresh) return;
    newest = fresh.dataset.newest;
    refresh(page);
    if (!("open" in fresh.dataset) && mine().length === 0) location.reload(); // the meeting has ended
  } catch {
    // no connection: the next look tries again
  }
}

for (const part of place.querySelectorAll("[data-part]")) seen.set(part.dataset.part, plain(part));
setInterval(() => document.hidden || look(), LOOK);
addEventListener("online", send);
addEventListener("pageshow", (event) => event.persisted && look());
if (enter) {
  showWaiting();
  if (mine().length) send();
}
