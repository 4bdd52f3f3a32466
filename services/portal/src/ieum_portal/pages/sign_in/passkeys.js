// A form that asks this device for a passkey: <form data-passkey="create|get" data-options="{…}" hidden>.
// It appears where the browser knows passkeys; what the device says goes with it.

const knows = window.PublicKeyCredential?.parseCreationOptionsFromJSON;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !knows;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const status = form.querySelector("[role=status]");
    status.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await asked(form.dataset));
      form.submit();
    } catch {
      status.hidden = false;
    }
  });
}

async function asked({ passkey, options }) {
  const read = passkey === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
  const publicKey = PublicKeyCredential[read](JSON.parse(options));
  return (await navigator.credentials[passkey]({ publicKey })).toJSON();
}
