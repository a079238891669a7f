// Back from the receipt would lead to the page to check the vote, which the browser can only show by sending it again: it shows
// an error instead. So the vote is cast here first, and once it is in, this page becomes one that Back can open: it says that the
// organisation has voted. The same vote is then sent as the form does, which shows its receipt. Whatever goes wrong here, the form
// is sent as it is without script, and Back leads to the vote to send again.
const button = document.querySelector("[data-cast]");
const { form } = button;
let isCast = false;

form.addEventListener("submit", async (event) => {
  if (event.submitter !== button || isCast) return;
  event.preventDefault();
  isCast = true;
  const vote = new URLSearchParams(new FormData(form));
  vote.set(button.name, button.value);
  try {
    const answer = await fetch(location.href, { method: "POST", body: vote });
    if (answer.ok) history.replaceState(null, "", location.href);
  } catch {
    // No line, or no answer: the browser says so when the form is sent.
  }
  form.requestSubmit(button);
});
