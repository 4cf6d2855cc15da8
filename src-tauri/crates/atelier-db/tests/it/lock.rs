use std::io::{BufRead, BufReader};
use std::process::Stdio;

use atelier_db::{DbError, ProjectLock};

#[test]
fn a_project_is_open_once_in_a_process() {
    let dir = tempfile::tempdir().unwrap();
    let held = ProjectLock::acquire(dir.path()).unwrap();
    let error = ProjectLock::acquire(dir.path()).unwrap_err();
    assert!(
        matches!(&error, DbError::ProjectOpen { dir: project, pid } if project == dir.path() && *pid == Some(std::process::id())),
        "names the project and the process: {error}"
    );
    drop(held);
    ProjectLock::acquire(dir.path()).expect("free again");
}

#[test]
fn a_killed_process_leaves_the_project_free() {
    if let Some(folder) = crate::child::folder() {
        let _held = ProjectLock::acquire(&folder).unwrap();
        #[expect(clippy::print_stdout, reason = "this is how the parent learns of it")]
        {
            println!("held");
        }
        loop {
            std::thread::park();
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let mut child = crate::child::run("lock::a_killed_process_leaves_the_project_free", dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    assert!(said.lines().any(|line| line.unwrap().contains("held")), "the child has the lock");
    let error = ProjectLock::acquire(dir.path()).unwrap_err();
    let named = matches!(&error, DbError::ProjectOpen { pid, .. } if *pid == Some(child.id()));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(named, "names process {}: {error}", child.id());
    ProjectLock::acquire(dir.path()).expect("the system let go of it");
}
