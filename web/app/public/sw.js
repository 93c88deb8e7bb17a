// Keeps the app itself, so that it opens without network. Messages are kept by the client's own copy.
const version = 'VERSION';
const files = ['FILES'];

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(version)
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const scope = new URL(self.registration.scope);
  if (request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) {
    return;
  }
  const path = url.pathname.slice(scope.pathname.length);
  if (path === '' || path === 'index.html') {
    // The newest app, and the kept one without network.
    event.respondWith(fetch(request).catch(() => caches.match('index.html')));
  } else if (path.startsWith('assets/')) {
    // Named after what is in them, so what is kept is right.
    event.respondWith(caches.match(request).then((kept) => kept ?? fetchAndKeep(request)));
  } else if (files.includes(path)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});

async function fetchAndKeep(request) {
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    caches.open(version).then((cache) => cache.put(request, copy));
  }
  return answer;
}
