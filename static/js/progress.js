// Shows how far a long piece of work has come without reloading the page. Without script the page reloads itself.
const place = document.getElementById("progress");

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      place.innerHTML = await answer.text();
    }
  } catch {
    // The network is away for a moment: the next look will tell.
  }
  const done = place.querySelector("[data-done]");
  if (!done) {
    setTimeout(look, 1500);
    return;
  }
  const heading = document.querySelector("h1");
  document.title = document.title.replace(heading.textContent, done.dataset.done);
  heading.textContent = done.dataset.done;
}

setTimeout(look, 1000);
