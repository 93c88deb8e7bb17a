export interface Recording {
  blob: Blob;
  durationMs: number;
  /** Loudness over time, each 0 to 255. */
  waveform: number[];
}

const everyMs = 80;
const longestMs = 5 * 60_000;
const bars = 64;

/** Records from the microphone and measures how loud it is meanwhile. */
export class VoiceRecorder {
  private readonly parts: Blob[] = [];
  private readonly levels: number[] = [];
  private readonly began = Date.now();
  private readonly ticking: ReturnType<typeof setInterval>;

  private constructor(
    private readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
    private readonly context: AudioContext,
    analyser: AnalyserNode,
    heard: (ms: number, levels: number[]) => void,
  ) {
    recorder.ondataavailable = (event) => this.parts.push(event.data);
    recorder.start();
    const samples = new Uint8Array(analyser.fftSize);
    this.ticking = setInterval(() => {
      analyser.getByteTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
      this.levels.push(Math.min(255, loudest * 2));
      heard(Date.now() - this.began, this.levels);
      if (Date.now() - this.began > longestMs && recorder.state === 'recording') {
        recorder.stop();
      }
    }, everyMs);
  }

  static async start(heard: (ms: number, levels: number[]) => void): Promise<VoiceRecorder> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    context.createMediaStreamSource(stream).connect(analyser);
    return new VoiceRecorder(stream, new MediaRecorder(stream), context, analyser, heard);
  }

  async stop(): Promise<Recording> {
    if (this.recorder.state === 'recording') {
      const stopped = new Promise((resolve) => (this.recorder.onstop = resolve));
      this.recorder.stop();
      await stopped;
    }
    this.release();
    const [type = 'audio/webm'] = this.recorder.mimeType.split(';');
    return {
      blob: new Blob(this.parts, { type }),
      durationMs: this.levels.length * everyMs,
      waveform: shrink(this.levels, bars),
    };
  }

  cancel(): void {
    if (this.recorder.state === 'recording') {
      this.recorder.stop();
    }
    this.release();
  }

  private release(): void {
    clearInterval(this.ticking);
    this.stream.getTracks().forEach((track) => track.stop());
    void this.context.close().catch(() => undefined);
  }
}

/** The loudest of each of so many parts. */
export function shrink(levels: number[], parts: number): number[] {
  if (levels.length <= parts) {
    return [...levels];
  }
  return Array.from({ length: parts }, (_, i) => {
    const from = Math.floor((i * levels.length) / parts);
    const to = Math.floor(((i + 1) * levels.length) / parts);
    return Math.max(...levels.slice(from, to));
  });
}
