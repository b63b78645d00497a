// Stands above the marking pages only. Keeps nothing by itself: the page puts its styles, scripts and the empty shell
// into the cache when the observer prepares the device; what belongs to a visit never comes in here.

const CACHE = "opora-visits-1";
const MARKING = /\/monitoring\/visits\/[^/]+\/mark\/$/;
const SHELL = "/monitoring/offline/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const place = new URL(request.url);
  if (request.method !== "GET" || place.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (MARKING.test(decodeURI(place.pathname))) event.respondWith(fetch(request).catch(() => kept(SHELL)));
  } else if (!place.pathname.startsWith("/monitoring/")) {
    event.respondWith(fetch(request).catch(() => kept(request)));
  }
});

async function kept(what) {
  const cache = await caches.open(CACHE);
  return (await cache.match(what, { ignoreSearch: true, ignoreVary: true })) || Response.error();
}
