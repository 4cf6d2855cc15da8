import styles from "./skeleton.module.css";

/** A bar of the final size while something is read. No shimmer. */
export function Skeleton({ width = "8rem", height = ".625rem" }: { width?: string; height?: string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}

/** Rows of a list while it is read. */
export function SkeletonRows({ rows = 6, name }: { rows?: number; name: string }) {
  return (
    <div role="status" aria-label={`Reading ${name}`}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.row}>
          <Skeleton width=".75rem" />
          <Skeleton width={`${8 + ((index * 5) % 7)}rem`} />
          <Skeleton width="3rem" />
        </div>
      ))}
    </div>
  );
}
