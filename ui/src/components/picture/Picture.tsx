import { ImageOff } from "lucide-react";
import { useState } from "react";
import { platform } from "../../platform/platform";
import styles from "./picture.module.css";

/** Art from the studio, by its path under the picture protocol. A mat until it arrives, dashed where it cannot be shown. */
export function Picture({ path, alt, size, fit = "contain", mat = true, broken }: {
  path: string | null;
  /** "" where the words stand beside it. */
  alt: string;
  /** A CSS length; without it the picture fills its box. */
  size?: string;
  fit?: "contain" | "cover";
  mat?: boolean;
  /** The studio already knows that it cannot be read. */
  broken?: boolean;
}) {
  const [failed, setFailed] = useState<string | null>(null);
  const style = size === undefined ? undefined : { width: size, height: size };
  if (path === null) return <span className={styles.mat} style={style} role={alt === "" ? undefined : "img"} aria-label={alt === "" ? undefined : `${alt}, not rendered yet`} />;
  if (failed === path || broken === true) {
    return (
      <span className={styles.broken} style={style} role="img" aria-label={`${alt === "" ? "Picture" : alt}, unreadable`}>
        <ImageOff aria-hidden />
      </span>
    );
  }
  return (
    <img
      className={styles.picture}
      data-mat={mat || undefined}
      style={{ ...style, objectFit: fit }}
      src={platform().picture(path)}
      alt={alt}
      draggable={false}
      decoding="async"
      onError={() => setFailed(path)}
    />
  );
}

/** The path of a token's thumbnail; null where it is not rendered. */
export function thumbPath(id: number, version: string, size: 128 | 256 = 128): string | null {
  return version === "" ? null : `thumb/${id}?v=${encodeURIComponent(version)}&s=${size}`;
}

/** The path of a token's full picture; null where it is not rendered. */
export function imagePath(id: number, version: string): string | null {
  return version === "" ? null : `image/${id}?v=${encodeURIComponent(version)}`;
}

/** The path of a live composite of one `layer/trait` a layer. */
export function compositePath(traits: readonly string[], width: number): string {
  return `composite?w=${width}${traits.map((trait) => `&t=${encodeURIComponent(trait).replaceAll("%2F", "/")}`).join("")}`;
}
