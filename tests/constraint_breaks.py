"""One of each noun beyond the first schema, and what would break each of their constraints."""

from datetime import date

from sqlalchemy import UniqueConstraint

from county import id_number
from leaguectl.model import (
    Acceptance,
    Activity,
    Alias,
    Badge,
    Base,
    Campaign,
    Candidacy,
    Closing,
    Coverage,
    Discipline,
    Dispute,
    DistinctPair,
    Entity,
    FormerValue,
    Milestone,
    OrganizationEvent,
    PaperState,
    Participant,
    Post,
    Registration,
    Reported,
    Review,
    Score,
    Seat,
    Survey,
    Task,
    Trainee,
    Training,
    Transfer,
)
from leaguectl.tables import TABLES

MORE: tuple[Entity, ...] = (
    OrganizationEvent(1, "B", "renamed", date(2023, 9, 1), "高一1班", "高一（1）班团支部", "文"),
    Alias(id_number(9), 4, "测试四"),
    DistinctPair(1, 1, 2, "两人同名同日出生"),
    Dispute(1, "202365000001", "测试三", date(2023, 5, 1), 3, "志愿书同号"),
    Dispute(2, "202365000002", "外县一人", date(2023, 5, 1), None, None, date(2023, 6, 1),
            "本县用"),
    Candidacy(1, 3, "B", "open", date(2023, 9, 1), date(2023, 9, 20), date(2023, 10, 8), "李联系",
              "王联系", 4.5, 10.0, date(2024, 3, 1), date(2024, 3, 5), date(2024, 3, 6),
              date(2024, 3, 12), "李介绍", "王介绍", date(2024, 3, 13), date(2024, 3, 20), 30, 28,
              27, date(2024, 3, 28), "云杉县第一中学团委", date(2024, 3, 29), date(2024, 5, 4),
              date(2024, 5, 10), "points", None, None),
    Candidacy(2, 1, "B", "admitted", date(2022, 9, 10), closed=date(2023, 4, 20), reason="已入团"),
    Transfer(1, 2, "pending", date(2024, 6, 30), "B", None, None, "青松市某大学"),
    Transfer(2, 1, "accepted", date(2023, 6, 30), None, "外县", "B", None,
             date(2023, 7, 5), "升学"),
    Discipline(1, 2, "probation", date(2023, 3, 1), "云团纪〔2023〕1号", date(2023, 9, 1)),
    PaperState(1, 3, "certificate", "being replaced", date(2023, 5, 1)),
    Milestone(1, 1, "recommended to party", date(2023, 12, 1), "B"),
    Registration(1, 1, 2023, "qualified", date(2023, 10, 8)),
    Post(1, "B", "secretary", "团支部书记", "测试二", date(2022, 9, 1), 2, date(2023, 8, 31),
         "part-time", "西部计划志愿者", "on", "毕业"),
    Post(2, "S", "deputy secretary", "副书记", "外来人", date(2022, 9, 1)),
    Training(1, "团干部岗位大练兵", "drill", date(2023, 4, 1)),
    Trainee(1, 1, "测试二", 2),
    Trainee(2, 1, "外来人"),
    Activity(1, "学雷锋", "theme day", date(2023, 3, 5), "S", 120),
    Coverage(1, 1, "B"),
    Participant(1, 1, "测试二", 2),
    Participant(2, 1, "外来人"),
    Score(1, 2023, "S", "组织建设", 18.5, 20.0, 19.0, "无"),
    Review(1, 2023, "S", "测试二", "excellent", 2),
    Task(1, "组织建设", "建立青年之家", "C", date(2023, 10, 1), date(2023, 9, 1),
         "云办〔2023〕5号"),
    Survey(1, 2023, "S", "senior middle", 1200, None, 340),
    Closing(2022, date(2023, 1, 10), "{}", "0" * 64),
    Acceptance(1, "branch-size", "测试支部", "0" * 64, "已核实", date(2023, 5, 1),
               date(2024, 5, 1)),
    Reported(1, 2023, "members.total", "2", "年报", "C"),
    Seat(1, "少先队工作领导小组", "组长", "外来人", "云杉县教育局", date(2023, 9, 1)),
    Badge(1, "云杉县第一小学", "队员一", "向日葵章", "三（1）中队", date(2023, 6, 1)),
    Base(1, "云杉县烈士陵园", "爱国主义教育基地", "云杉镇", "云杉县退役军人事务局",
         date(2020, 4, 4)),
    Campaign(1, "学习二十大", "B", date(2023, 3, 1), date(2023, 9, 1), 4, 120),
    FormerValue(1, "person", "3", "politics", "群众", date(2023, 4, 1)),
)  # fmt: skip

_CHECKS = {
    "ck_organization_event_kind": "UPDATE organization_event SET kind = 'sold'",
    "ck_alias_id_number": "UPDATE alias SET id_number = '658899070301001'",
    "ck_distinct_pair_in_order": "UPDATE distinct_pair SET first = 2, second = 1",
    "ck_dispute_settled_after_opened": "UPDATE dispute SET settled = '2023-04-30' WHERE id = 2",
    "ck_dispute_settled_says_how": "UPDATE dispute SET outcome = NULL WHERE id = 2",
    "ck_form_size": "UPDATE form SET size = 0, sha256 = 'x' WHERE serial = 'F-2'",
    "ck_form_scan": "UPDATE form SET sha256 = 'x' WHERE serial = 'F-2'",
    "ck_certificate_copies": "UPDATE certificate SET copies = 0",
    "ck_certificate_not_its_own": "UPDATE certificate SET replaces = serial",
    "ck_membership_since_between": "UPDATE membership SET since = '2023-04-09' WHERE id = 1",
    "ck_candidacy_state": "UPDATE candidacy SET state = 'lost' WHERE id = 2",
    "ck_candidacy_route": "UPDATE candidacy SET route = 'lottery'",
    "ck_candidacy_closed": "UPDATE candidacy SET closed = NULL WHERE id = 2",
    "ck_transfer_state": "UPDATE transfer SET state = 'lost' WHERE id = 2",
    "ck_transfer_settled_after_requested": "UPDATE transfer SET settled = '2023-06-01'"
    " WHERE id = 2",
    "ck_transfer_settled": "UPDATE transfer SET settled = NULL WHERE id = 2",
    "ck_transfer_from": "UPDATE transfer SET origin = 'x' WHERE id = 1",
    "ck_transfer_to": "UPDATE transfer SET destination = 'x' WHERE id = 2",
    "ck_transfer_ours": "UPDATE transfer SET target = NULL, destination = 'x' WHERE id = 2",
    "ck_discipline_kind": "UPDATE discipline SET kind = 'flogging'",
    "ck_discipline_until_after_since": "UPDATE discipline SET until = '2023-02-28'",
    "ck_paper_state_paper": "UPDATE paper_state SET paper = 'letter'",
    "ck_paper_state_state": "UPDATE paper_state SET state = 'sold'",
    "ck_acceptance_until_after_day": "UPDATE acceptance SET until = '2023-04-30'",
    "ck_milestone_kind": "UPDATE milestone SET kind = 'left party'",
    "ck_registration_grade": "UPDATE registration SET grade = 'A'",
    "ck_post_title": "UPDATE post SET title = 'king' WHERE id = 1",
    "ck_post_basis": "UPDATE post SET basis = 'unpaid' WHERE id = 1",
    "ck_post_duty": "UPDATE post SET duty = 'yes' WHERE id = 1",
    "ck_post_until_after_since": "UPDATE post SET until = '2022-08-31' WHERE id = 1",
    "ck_training_category": "UPDATE training SET category = 'sport'",
    "ck_activity_category": "UPDATE activity SET category = 'sport'",
    "ck_activity_attendances": "UPDATE activity SET attendances = -1",
    "ck_score_marks": "UPDATE score SET score = -1",
    "ck_review_grade": "UPDATE review SET grade = 'A'",
    "ck_survey_stage": "UPDATE survey SET stage = 'university'",
    "ck_survey_counts": "UPDATE survey SET students = -1",
    "ck_milestone_day_precision": "UPDATE milestone SET day_precision = 'year'",
    "ck_registration_registered_precision": "UPDATE registration SET registered_precision = 'year'",
    "ck_certificate_issued_precision": "UPDATE certificate SET issued_precision = 'year'",
    "ck_seat_appointed_precision": "UPDATE seat SET appointed_precision = 'year'",
    "ck_badge_awarded_precision": "UPDATE badge SET awarded_precision = 'year'",
    "ck_base_designated_precision": "UPDATE base SET designated_precision = 'year'",
    "ck_campaign_launched_precision": "UPDATE campaign SET launched_precision = 'year'",
    "ck_campaign_finished_precision": "UPDATE campaign SET finished_precision = 'year'",
    "ck_campaign_counts": "UPDATE campaign SET sessions = -1",
    "ck_campaign_finished_after_launched": "UPDATE campaign SET finished = '2023-02-28'",
}
_PARTIAL = {
    "uq_dispute_open": "UPDATE dispute SET settled = NULL, outcome = NULL, number = '202365000001'",
    "uq_operation_once": "UPDATE operation SET once = 'k'",
    "uq_form_sha256": "UPDATE form SET sha256 = 'x', size = 1 WHERE person = 2",
    "uq_candidacy_open": "UPDATE candidacy SET state = 'open', closed = NULL, person = 3",
    "uq_transfer_pending": "UPDATE transfer SET state = 'pending', settled = NULL, person = 2",
}
_NOBODY = {"first": "-9999"}  # the lower of a pair


def breaks(known: set[str]) -> dict[str, str]:
    """What breaks each constraint of each table that is not ``known``: checks and partial indexes
    by hand, keys and references by the way they are declared."""
    found = {**_CHECKS, **_PARTIAL}
    named = (("operation", "undoes"), ("history", "written"), ("source_line", "operation"))
    for name, column in named:
        found[f"fk_{name}_{column}"] = f"UPDATE {name} SET {column} = 99"
    for base in TABLES.values():
        table = base.__table__  # type: ignore[attr-defined]
        (key,) = table.primary_key.columns
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        found[f"pk_{table.name}"] = f"INSERT INTO {table.name} SELECT * FROM {table.name}"
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                others = ", ".join(
                    "9000" if column is key else f'"{column.name}"' for column in table.columns
                )
                found[str(constraint.name)] = (
                    f"INSERT INTO {table.name} ({names}) SELECT {others} FROM {table.name}"
                    f" WHERE {key.name} = 1"
                )
        for reference in table.foreign_keys:
            text = reference.parent.type.python_type is str
            nowhere = "'nowhere'" if text else _NOBODY.get(reference.parent.name, "9999")
            found[str(reference.constraint.name)] = (
                f"UPDATE {table.name} SET {reference.parent.name} = {nowhere}"
                f" WHERE {reference.parent.name} IS NOT NULL"
            )
    return {name: found[name] for name in sorted(found) if name not in known}
