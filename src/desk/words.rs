//! The sentence for each way in which something fails.

use super::ports::LockError;
use crate::core::code::CodeProblem;
use crate::core::desk::DeskKey;

pub fn code(problem: CodeProblem) -> DeskKey {
    match problem {
        CodeProblem::NotACode => DeskKey::CodeNone,
        CodeProblem::Truncated => DeskKey::CodeTruncated,
        CodeProblem::Damaged => DeskKey::CodeDamaged,
        CodeProblem::LaterVersion => DeskKey::CodeLater,
        CodeProblem::OtherPack => DeskKey::CodeOther,
        CodeProblem::UnknownLayout => DeskKey::CodeLayout,
    }
}

pub fn lock(error: LockError) -> DeskKey {
    match error {
        LockError::Unavailable => DeskKey::LockUnavailable,
        LockError::Wrong => DeskKey::LockWrong,
        LockError::Failed => DeskKey::LockFailed,
    }
}
