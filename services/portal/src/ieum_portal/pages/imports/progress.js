// How far an import under way is, told again every few seconds while the page is looked at. <div data-progress="address"
// data-finished="words"> holds <span data-said>, perhaps a <progress>, and a status, which says each quarter alone. When it
// is done the page is opened anew. After some minutes, or without scripts, its link asks as it always did.

const EVERY_MS = 2000, MOST = 300;

for (const place of document.querySelectorAll("[data-progress]")) {
  const told = place.querySelector("[data-said]"), bar = place.querySelector("progress");
  const status = place.querySelector("[role=status]");
  let asked = 0, quarter = bar ? Math.floor(4 * bar.position) : 0;

  async function ask() {
    if (document.visibilityState === "hidden") return wait();
    try {
      const answer = await fetch(place.dataset.progress, {
        redirect: "error", headers: { Accept: "application/json" },
      });
      if (answer.ok && show(await answer.json())) return;
    } catch {
      // The next answer tells it.
    }
    if (++asked < MOST) wait();
  }

  function show({ said, done, total, works }) {
    if (!works) {
      status.textContent = place.dataset.finished;
      location.reload();
      return true;
    }
    told.textContent = said;
    if (!bar || !total) return false;
    bar.max = total;
    bar.value = done;
    if (Math.floor(4 * bar.position) > quarter) {
      quarter = Math.floor(4 * bar.position);
      status.textContent = said;
    }
    return false;
  }

  const wait = () => setTimeout(ask, EVERY_MS);
  wait();
}
