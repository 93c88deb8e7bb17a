import type { Page } from 'playwright-core';

/** A landscape that nobody photographed: mountains in the evening, other ones for each seed. */
export async function landscape(page: Page, width = 1600, height = 1000, seed = 1): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([w = 0, h = 0, first = 0]) => {
      const canvas = document.createElement('canvas');
      canvas.width = w;
      canvas.height = h;
      const context = canvas.getContext('2d')!;
      const hue = (first * 67) % 360;
      const sky = context.createLinearGradient(0, 0, 0, h);
      sky.addColorStop(0, `hsl(${205 + (hue % 40)} 55% 42%)`);
      sky.addColorStop(0.55, `hsl(${25 + (hue % 30)} 85% 72%)`);
      sky.addColorStop(1, `hsl(${38 + (hue % 20)} 90% 82%)`);
      context.fillStyle = sky;
      context.fillRect(0, 0, w, h);
      const sun = { x: w * (0.25 + ((first * 0.37) % 0.5)), y: h * 0.46, r: h * 0.07 };
      const glow = context.createRadialGradient(sun.x, sun.y, 0, sun.x, sun.y, sun.r * 5);
      glow.addColorStop(0, '#fff6dcee');
      glow.addColorStop(0.2, '#ffe9b8aa');
      glow.addColorStop(1, '#ffe9b800');
      context.fillStyle = glow;
      context.fillRect(0, 0, w, h);
      for (let layer = 0; layer < 5; layer++) {
        const base = h * (0.52 + layer * 0.1);
        const rough = h * (0.13 - layer * 0.012);
        context.fillStyle = `hsl(${212 - layer * 8} ${24 + layer * 5}% ${58 - layer * 11}%)`;
        context.beginPath();
        context.moveTo(0, h);
        for (let x = 0; x <= w; x += 2) {
          const t = (x / w) * 6.3 + layer * 2.1 + first;
          const y =
            Math.sin(t * 1.1) * 0.5 +
            Math.abs(Math.sin(t * 2.7 + first)) * 0.5 +
            Math.sin(t * 9.1) * 0.1 +
            Math.sin(t * 31) * 0.025;
          context.lineTo(x, base - y * rough);
        }
        context.lineTo(w, h);
        context.fill();
      }
      return canvas.toDataURL('image/png').split(',')[1]!;
    },
    [width, height, seed],
  );
  return Buffer.from(base64, 'base64');
}

/** A second of film, as browsers record it. */
export async function film(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext('2d')!;
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    for (let i = 0; i < 24; i++) {
      const sky = context.createLinearGradient(0, 0, 320, 180);
      sky.addColorStop(0, `hsl(${200 + i * 3} 60% 35%)`);
      sky.addColorStop(1, `hsl(${20 + i * 3} 80% 65%)`);
      context.fillStyle = sky;
      context.fillRect(0, 0, 320, 180);
      await new Promise((done) => setTimeout(done, 50));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}
