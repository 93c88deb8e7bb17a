import type { Device } from '@magpie/client';

/** This browser, the same one as long as its storage lives. */
export function thisDevice(): Device {
  let id = localStorage.getItem('magpie.device');
  if (!id) {
    id = crypto.randomUUID();
    localStorage.setItem('magpie.device', id);
  }
  return { id, platform: 'web', name: browserName() };
}

function browserName(): string {
  const agent = navigator.userAgent;
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : 'Browser';
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : 'Linux';
  return `${browser}, ${system}`;
}
