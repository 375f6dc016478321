// Gives the key behind the `#` of the terminal's address for a cookie, and goes on to the site. The key is never sent
// in an address, so no log, history of a server, or referrer has it.

const status = document.getElementById("status");
const key = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

const answer = await fetch("/__nutgraf/workbench/enter", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ key }),
});
const said = await answer.json();
if (answer.ok) location.replace(said.address);
else status.textContent = `${said.error}. The terminal shows the address to open.`;
