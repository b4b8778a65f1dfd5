use ts_rs::{Config, TS};

use super::*;

/// The text of `ui/src/contract.ts`.
pub fn typescript() -> String {
    let mut text = String::from("// Generated from crates/desk/src/contract by `npm run contract`. Do not edit.\n");
    let config = Config::default();
    macro_rules! declare {
        ($($name:ty),* $(,)?) => { $( text.push_str("\nexport "); text.push_str(&<$name as TS>::decl(&config)); text.push('\n'); )* };
    }
    declare!(
        Request,
        Kind,
        CardRole,
        ChipField,
        EntryChoice,
        TypedIdentity,
        Mode,
        HukouSide,
        Proof,
        Taker,
        CollectorForm,
        Secret,
        StationRole,
        View,
        StationView,
        AtWork,
        Light,
        LightState,
        Screen,
        Door,
        Ended,
        CaseLine,
        ResultsView,
        ResultLine,
        ResultBecame,
        AnswerState,
        PackView,
        PackChapter,
        PackLine,
        SourceLine,
        Sure,
        DistrictLine,
        OutboxView,
        OutboxLine,
        OutboxState,
        PlatformRow,
        StickView,
        BacklogView,
        StatisticsView,
        StatisticsEntry,
        SpanChoice,
        ExportChoice,
        Figure,
        Bar,
        CountTable,
        ExportLine,
        BatchView,
        OpenBatch,
        BatchLine,
        BatchStanding,
        AgentLine,
        HandOverTo,
        HandOverView,
        HandOverRow,
        PackagesLeftLine,
        PackageLine,
        RetentionView,
        RetentionDue,
        RetentionKept,
        SearchView,
        SearchEntry,
        StageChoice,
        FoundLine,
        StockView,
        NumberGiver,
        BlankAccount,
        BlockLine,
        StockRow,
        DayView,
        DayGroup,
        DayPart,
        DayFigure,
        CloseLine,
        DayChoice,
        PeopleView,
        PersonLine,
        CaseView,
        Aside,
        AftercareView,
        RatingView,
        RatingChoice,
        Rated,
        RemindView,
        RemindedLine,
        GuideView,
        FollowUpsView,
        FollowUpLine,
        FollowUpStanding,
        IntegrityView,
        IntegrityLine,
        ExclusionChoice,
        Refusal,
        FilingView,
        Given,
        TrailLine,
        Correctable,
        Corrects,
        StepLine,
        StepState,
        PersonView,
        ClockView,
        Act,
        StepBody,
        EndedAs,
        Choice,
        ApplicantEntry,
        VerdictView,
        RuleLine,
        MaterialRow,
        PageView,
        PageFindingLine,
        LossNoticeForm,
        OldCardForm,
        HistoryOffer,
        ToleranceOffer,
        DroppedView,
        PhotoView,
        FindingLine,
        Gap,
        PrintState,
        PaperLine,
        Fault,
        FieldFault,
        FaultKind,
    );
    text
}

#[cfg(test)]
mod tests {
    /// With `UPDATE_CONTRACT=1` the test writes the file instead of comparing it.
    #[test]
    fn committed_contract_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/contract.ts");
        let text = super::typescript();
        if std::env::var_os("UPDATE_CONTRACT").is_some() {
            std::fs::write(path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(committed, text, "run `npm run contract` and commit ui/src/contract.ts");
    }
}
