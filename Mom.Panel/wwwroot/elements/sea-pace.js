// Steps per second of what moves, the most first. All durations and delays are whole sixths of a second, so that each is a whole number of steps.
const paces = [Infinity, 30, 12];
const grid = 1000 / 6;
const lookEvery = 2000;
const framesPerLook = 10;
// Milliseconds between two frames: above the first the browser is late, below the second it is not.
const late = 25;
const smooth = 18;
// A page in the background gets no frames: what was measured meanwhile says nothing.
const nothing = 1000;

const onGrid = time => Math.round(time / grid) * grid;

// <sea-pace>: keeps what moves in its parent smooth where frames are expensive, as without a graphics card. While frames are late all moves in steps,
// and at the same moments: the browser draws nothing in between.
customElements.define('sea-pace', class extends HTMLElement {
  connectedCallback() {
    this.level = 0;
    this.looks = false;
    this.good = 0;
    this.patience = 2;
    this.began = event => {
      for (const one of event.target.getAnimations()) this.begin(one);
    };
    this.scene = this.parentElement;
    this.scene.addEventListener('animationstart', this.began);
    for (const one of this.all()) this.begin(one);
    this.timer = setInterval(() => this.look(), lookEvery);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    this.scene.removeEventListener('animationstart', this.began);
  }

  all() {
    return this.scene.getAnimations({ subtree: true }).filter(one => one instanceof CSSAnimation);
  }

  // What a style sheet rounds would be out of step after some turns.
  begin(animation) {
    const { duration, delay } = animation.effect.getTiming();
    animation.effect.updateTiming({ duration: onGrid(duration), delay: onGrid(delay) });
    if (animation.startTime !== null) animation.startTime = onGrid(animation.startTime);
    this.step(animation);
  }

  step(animation) {
    // A style sheet's own steps are those of its keyframes, and stay.
    if (animation.effect.getKeyframes()[0]?.easing.startsWith('steps')) return;
    const seconds = animation.effect.getTiming().duration / 1000;
    const steps = Math.round(seconds * paces[this.level]);
    animation.effect.updateTiming({ easing: Number.isFinite(steps) ? `steps(${Math.max(1, steps)})` : 'linear' });
  }

  look() {
    if (this.looks || document.hidden || this.all().length === 0) return;
    this.looks = true;
    let [frames, first] = [0, 0];
    const frame = now => {
      first ||= now;
      if (frames++ < framesPerLook) {
        requestAnimationFrame(frame);
        return;
      }
      this.looks = false;
      this.judge((now - first) / framesPerLook);
    };
    requestAnimationFrame(frame);
  }

  judge(interval) {
    if (interval > nothing || !this.isConnected) return;
    this.good = interval < smooth ? this.good + 1 : 0;
    if (interval > late && this.level < paces.length - 1) this.change(1);
    else if (this.good >= this.patience && this.level > 0) {
      // Where it was too much before it will be again: each try comes later than the one before.
      this.patience = Math.min(this.patience * 2, 64);
      this.change(-1);
    }
  }

  change(by) {
    this.level += by;
    this.good = 0;
    this.toggleAttribute('in-steps', this.level > 0);
    for (const one of this.all()) this.step(one);
  }
});
