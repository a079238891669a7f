// Keeps what somebody types in a long form as a draft on the server. What could not be sent waits in this browser, until the
// form is opened again or somebody signs out. Without script, a form that is sent too late is kept all the same.
const PREFIX = "draft:";
const PAUSE = 2000; // milliseconds after the last key
const CANNOT = "We cannot keep a draft: copy your answers before you leave this page.";
const mark = document.querySelector("input[name=draft][form]");

// The portal said no: somebody else has signed in here since, the page is older than its mark, or it is too long.
class Refused extends Error {}

const waiting = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", () => waiting().forEach((key) => localStorage.removeItem(key)));
}

if (mark?.form) {
  const { form } = mark;
  const { saveTo, person, address } = mark.dataset;
  const key = PREFIX + address;
  const told = document.createElement("p");
  told.className = "govuk-hint portal-draft";
  form.append(told);
  let timer, asking, isSent = false;

  const typed = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  const send = async (answers, keepalive = false) => {
    asking?.abort();
    asking = new AbortController();
    const answer = await fetch(saveTo, { method: "POST", body: answers, keepalive, signal: asking.signal });
    if (answer.status >= 400 && answer.status < 500) throw new Refused();
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  };

  const keepHere = (answers) => {
    try {
      localStorage.setItem(key, JSON.stringify({ person, answers: `${answers}` }));
      tell("We cannot reach the portal. Your draft is kept in this browser.");
    } catch {
      tell(CANNOT);
    }
  };

  const tell = (words) => {
    if (!told.role && !words.startsWith("Draft kept")) told.role = "status"; // read out only when something is wrong
    told.textContent = words;
  };

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (isSent) return;
    const answers = typed();
    try {
      tell(await send(answers));
      localStorage.removeItem(key);
    } catch (problem) {
      if (problem instanceof Refused) tell(CANNOT);
      else if (problem.name !== "AbortError") keepHere(answers);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
    asking?.abort();
  });
  addEventListener("pagehide", () => {
    if (timer && !isSent) send(typed(), true).catch(() => {});
  });
  addEventListener("pageshow", () => (isSent = false)); // back from the page that came after

  // What waited in this browser: another person's is removed, one's own is sent, and the page offers it.
  for (const each of waiting()) {
    if (JSON.parse(localStorage.getItem(each)).person !== person) localStorage.removeItem(each);
  }
  const kept = localStorage.getItem(key);
  if (kept) {
    const answers = new URLSearchParams(JSON.parse(kept).answers);
    answers.set("draft", mark.value);
    send(answers)
      .then(() => {
        localStorage.removeItem(key);
        location.reload();
      })
      .catch(() => {});
  }
}
