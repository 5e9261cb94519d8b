// Hands our saved queries and style to Neo4j Browser, which keeps them in this browser's storage,
// and its user and password when the command that opened this page is there to give them; then
// goes on to Browser. What the user saved is left alone.
"use strict";

const kept = (name) => JSON.parse(localStorage.getItem(`neo4j.${name}`) ?? "null");
const keep = (name, value) => localStorage.setItem(`neo4j.${name}`, JSON.stringify(value));

const TOUR = ":play start";

// Ours are replaced, and gone when a later version has them no more. Browser's own have no id.
const besides = (name, ours, mark) =>
  [...(kept(name) ?? []).filter((one) => !one.id?.startsWith(mark)), ...ours];

// A style that the user changed is theirs: it differs from the one that we gave last.
function dress(style) {
  const now = JSON.stringify(kept("grass"));
  if (now === "null" || now === localStorage.getItem("graphkit.grass")) {
    keep("grass", style);
    localStorage.setItem("graphkit.grass", JSON.stringify(style));
  }
}

// What Browser runs when it is there: its own tour of films, unless somebody chose something else.
function begin(command) {
  const settings = kept("settings") ?? {};
  const now = settings.initCmd ?? TOUR;
  if (now === TOUR || now === localStorage.getItem("graphkit.begin")) {
    keep("settings", { ...settings, initCmd: command });
    localStorage.setItem("graphkit.begin", command);
  }
}

// The command that opened this page answers once, on this machine, who asks with its word.
async function credentials(word) {
  const [port, token] = word.split("/");
  if (!/^\d+$/.test(port) || !token) return null;
  const answer = await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(token)}`);
  return answer.ok ? answer.json() : null;
}

async function open() {
  const word = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const ours = await (await fetch("ours.json")).json();
  keep("folders", besides("folders", ours.folders, ours.mark));
  keep("documents", besides("documents", ours.documents, ours.mark));
  dress(ours.style);
  begin(ours.begin);
  const server = await (await fetch("/", { headers: { Accept: "application/json" } })).json();
  const given = word ? await credentials(word).catch(() => null) : null;
  if (!given) {
    location.replace(`../?dbms=${server.bolt_direct}`);
    return;
  }
  const id = "$$discovery";
  const host = server.bolt_direct;
  const connection = {
    id, name: id, type: "bolt", host, ...given, authenticationMethod: "NATIVE", authEnabled: true,
  };
  keep("connections", {
    ...kept("connections"), allConnectionIds: [id], connectionsById: { [id]: connection },
    activeConnection: id,
  });
  location.replace("../");
}

open().catch((problem) => {
  document.getElementById("said").textContent = `Neo4j Browser could not be opened: ${problem}`;
});
