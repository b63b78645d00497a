// What a device keeps of visits: encrypted with a key that cannot be taken out of the browser (AES-GCM).
// Without permission to keep anything, the same store lives in memory only.

const NAME = "opora-visits";
const TABLES = ["keys", "pages", "entries"];

const asked = (request) => new Promise((yes, no) => {
  request.onsuccess = () => yes(request.result);
  request.onerror = () => no(request.error);
});

const database = () => new Promise((yes, no) => {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => TABLES.forEach((name) => opening.result.createObjectStore(name));
  opening.onsuccess = () => yes(opening.result);
  opening.onerror = () => no(opening.error);
});

export const possible = () => "indexedDB" in window && "serviceWorker" in navigator && !!window.crypto?.subtle;

// Whether this device was made ready; the mark says only that, nothing about anybody.
export const ready = () => possible() && localStorage.getItem(NAME) === "ready";
export const makeReady = () => localStorage.setItem(NAME, "ready");

export async function open() {
  const base = await database();
  const table = (name, mode = "readonly") => base.transaction(name, mode).objectStore(name);
  const key = await keyOf(table);
  return { ...sealed(table, key), close: () => base.close() };
}

async function keyOf(table) {
  const standing = await asked(table("keys").get("visits"));
  if (standing) return standing;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await asked(table("keys", "readwrite").put(made, "visits"));
  return made;
}

const text = (value) => new TextEncoder().encode(value);
const read = (bytes) => new TextDecoder().decode(bytes);

function sealed(table, key) {
  const lock = async (bytes) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  };
  const unlock = ({ iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
  const rowsOf = async (visit) => {
    const range = IDBKeyRange.bound(`${visit}|`, `${visit}|\uffff`);
    const [keys, rows] = await Promise.all([asked(table("entries").getAllKeys(range)), asked(table("entries").getAll(range))]);
    return keys.map((id, place) => ({ id, ...rows[place] }));
  };
  return {
    keeps: true,
    savePage: async (visit, html) => {
      const row = await lock(text(html));
      await asked(table("pages", "readwrite").put(row, visit));
    },
    page: async (visit) => {
      const row = await asked(table("pages").get(visit));
      return row ? read(await unlock(row)) : null;
    },
    add: async (visit, entry, picture) => {
      const row = { said: await lock(text(JSON.stringify(entry))), picture: picture ? await lock(await picture.arrayBuffer()) : null };
      await asked(table("entries", "readwrite").put(row, `${visit}|${entry.typed_at}|${entry.key}`));
    },
    all: async (visit) => Promise.all((await rowsOf(visit)).map(async ({ id, said }) => ({ id, ...JSON.parse(read(await unlock(said))) }))),
    picture: async (id) => {
      const row = await asked(table("entries").get(id));
      return row?.picture ? new Blob([await unlock(row.picture)]) : null;
    },
    sent: async (id, entry) => {
      const { id: _id, ...kept } = entry;
      await asked(table("entries", "readwrite").put({ said: await lock(text(JSON.stringify({ ...kept, sent: true }))), picture: null }, id));
    },
    forget: async (visit, onlySent = false) => {
      for (const row of await rowsOf(visit)) {
        const said = JSON.parse(read(await unlock(row.said)));
        if (!onlySent || said.sent) await asked(table("entries", "readwrite").delete(row.id));
      }
      if (!onlySent) await asked(table("pages", "readwrite").delete(visit));
    },
  };
}

// The same, in memory: for whoever did not ask to work without a network.
export function memory() {
  const rows = new Map();
  const pictures = new Map();
  return {
    keeps: false,
    savePage: async () => {},
    page: async () => null,
    add: async (_visit, entry, picture) => { rows.set(entry.key, entry); if (picture) pictures.set(entry.key, picture); },
    all: async () => [...rows].map(([id, entry]) => ({ id, ...entry })),
    picture: async (id) => pictures.get(id) || null,
    sent: async (id) => { rows.delete(id); pictures.delete(id); },
    forget: async () => {},
    close: () => {},
  };
}
