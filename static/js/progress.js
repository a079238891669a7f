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
  if (!place.querySelector("[data-done]")) {
    setTimeout(look, 1500);
  }
}

setTimeout(look, 1000);
