// One stock client: what it is told to do, and what it tells. Runs in Node and in a page alike.
//
// Told: {"emit": name, "args": [...], "ack": n?}   {"send": data}   {"disconnect": true}   {"connect": true}
// Says: {"on": name, "args": [...]}   {"ack": n, "args": [...]} or {"ack": n, "error": text}
//       and, in the same form, connect, upgrade, connect_error and disconnect of the library itself
// Bytes travel as {"$binary": base64}. An event whose sender waits for an acknowledgement is acknowledged with its own
// arguments.
function packed(value) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const bytes = ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
    return { $binary: btoa(String.fromCharCode(...bytes)) };
  }
  if (Array.isArray(value)) {
    return value.map(packed);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, packed(inner)]));
  }
  return value;
}

function unpacked(value) {
  if (Array.isArray(value)) {
    return value.map(unpacked);
  }
  if (value !== null && typeof value === 'object') {
    return typeof value.$binary === 'string'
      ? Uint8Array.from(atob(value.$binary), (character) => character.charCodeAt(0))
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unpacked(inner)]));
  }
  return value;
}

function socketClient(io, url, options, say, on) {
  const socket = io(url, options);
  socket.on('connect', () => {
    on('connect', socket.io.engine.transport.name);
    socket.io.engine.once('upgrade', () => on('upgrade', socket.io.engine.transport.name));
  });
  socket.on('connect_error', (error) => on('connect_error', error.message, error.data ?? null));
  socket.on('disconnect', (reason) => on('disconnect', reason));
  socket.onAny((name, ...args) => {
    const acknowledge = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    on(name, ...args);
    acknowledge?.(...args);
  });
  return {
    emit({ emit, args, ack }) {
      if (ack === undefined) {
        socket.emit(emit, ...unpacked(args));
      } else {
        socket
          .timeout(60000)
          .emit(emit, ...unpacked(args), (error, ...answer) =>
            say(error ? { ack, error: error.message } : { ack, args: packed(answer) }),
          );
      }
    },
    connect: () => socket.connect(),
    disconnect: () => socket.disconnect(),
  };
}

function engineClient(Socket, url, options, on) {
  const socket = new Socket(url, options);
  socket.binaryType = 'arraybuffer';
  socket.on('open', () => on('connect', socket.transport.name));
  socket.on('upgrade', () => on('upgrade', socket.transport.name));
  socket.on('message', (data) => on('message', data));
  socket.on('error', (error) => on('connect_error', error.message, null));
  socket.on('close', (reason) => on('disconnect', reason));
  return { send: ({ send }) => socket.send(unpacked(send)), disconnect: () => socket.close() };
}

/** A client; the answer takes commands. */
export function client({ io, Socket }, kind, url, options, say) {
  const on = (name, ...args) => say({ on: name, args: packed(args) });
  const commands =
    kind === 'engine' ? engineClient(Socket, url, options, on) : socketClient(io, url, options, say, on);
  return (command) => {
    const name = ['emit', 'send', 'connect', 'disconnect'].find((one) => one in command);
    commands[name](command);
  };
}
