// Keeps a form's draft by itself: two seconds after the last key, and when the page goes out of sight.
// <form data-keeps data-failed="…"> with <p data-kept hidden> for what is said of it. What the draft
// does not hold yet is asked about before it is left. Of two windows the later one is not kept over
// the other: the server says so, and from then on only the form's own buttons send it.

const IDLE_MS = 2000;
const CONTROLS = new Set(["csrf_token", "step", "seen", "revision"]);

for (const form of document.querySelectorAll("form[data-keeps]")) {
  const status = form.querySelector("[data-kept]");
  let kept = typed();
  let sending = null, isBehind = false, isLeaving = false, isComposing = false, timer = 0;

  function typed() {
    return new URLSearchParams([...new FormData(form)].filter(([name]) => !CONTROLS.has(name))).toString();
  }

  function wait() {
    clearTimeout(timer);
    if (!isComposing) timer = setTimeout(keep, IDLE_MS);
  }

  function keep() {
    if (isBehind || isLeaving || sending || typed() === kept) return sending;
    sending = send(typed()).finally(() => { sending = null; if (typed() !== kept) wait(); });
    return sending;
  }

  async function send(now) {
    const body = new URLSearchParams([...new FormData(form)]);
    body.set("step", "aside");
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, redirect: "manual", headers: { Accept: "application/json" },
        keepalive: document.visibilityState === "hidden",
      });
      if (!answer.ok && answer.status !== 409) return say(form.dataset.failed);
      const told = await answer.json();
      say(told.said);
      isBehind = !answer.ok;
      if (answer.ok) {
        kept = now;
        form.elements.revision.value = told.revision;
      }
    } catch {
      say(form.dataset.failed);
    }
  }

  function say(text) {
    status.hidden = false;
    if (status.textContent !== text) status.textContent = text;
  }

  form.addEventListener("input", wait);
  form.addEventListener("change", wait);
  form.addEventListener("compositionstart", () => { isComposing = true; clearTimeout(timer); });
  form.addEventListener("compositionend", () => { isComposing = false; wait(); });
  form.addEventListener("submit", async event => {
    if (sending) {
      event.preventDefault();
      await sending;
      form.requestSubmit(event.submitter);
    } else {
      isLeaving = true;
    }
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", event => {
    if (!isLeaving && typed() !== kept) event.preventDefault();
  });
}
