import { Slider as AriaSlider, SliderThumb, SliderTrack } from "react-aria-components";
import styles from "./slider.module.css";

/** A value by hand; arrows move it too. `onEnd` once the hand lets go. */
export function Slider({ label, value, min, max, step = 1, onChange, onEnd, width = "5.5rem" }: {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
  onEnd?: (value: number) => void;
  width?: string;
}) {
  return (
    <AriaSlider
      aria-label={label}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => onChange(next as number)}
      onChangeEnd={(next) => onEnd?.(next as number)}
      className={styles.slider}
      style={{ width }}
    >
      <SliderTrack className={styles.track}>
        <SliderThumb className={styles.thumb} />
      </SliderTrack>
    </AriaSlider>
  );
}
