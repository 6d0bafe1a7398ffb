const tones = [660, 880];
/** Seconds. */
const length = 0.12;

/** Two short tones, one after the other; nothing where the browser lets no page be heard. */
export function chime(): void {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.value = 0.1;
  volume.connect(context.destination);
  for (const [index, frequency] of tones.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(context.currentTime + index * length);
    tone.stop(context.currentTime + (index + 1) * length);
    if (index === tones.length - 1) tone.addEventListener("ended", () => void context.close());
  }
}
