#include "support/onboarding_model.hpp"

namespace workflow::testing {

using namespace procedure;

Onboarding onboarding_model() {
    ModelBuilder b;
    Onboarding o;
    b.model().id = b.at(root_state).id = "service_onboarding";
    b.model().title = text("Building an online public service and putting it into use",
                           "Xây dựng, thẩm định và đưa dịch vụ công trực tuyến vào cung cấp");
    const RoleIndex unit = b.role("proposing_unit", text("Proposing unit", "Đơn vị đề xuất"));
    const RoleIndex legal =
        b.role("legal_affairs", text("Legal Affairs Department", "Vụ Pháp chế"));
    const RoleIndex centre =
        b.role("it_centre", text("IT Centre", "Trung tâm Công nghệ thông tin"));
    const RoleIndex confirming =
        b.role("confirming_unit", text("Confirming unit", "Đơn vị xác nhận"));
    const RoleIndex leader = b.role("ministry_leader", text("Ministry leader", "Lãnh đạo Bộ"));
    const OutcomeIndex published = b.outcome("published", text("Put into use", "Đưa vào cung cấp"));
    const OutcomeIndex refused = b.outcome("refused", text("Refused", "Không phê duyệt"));
    const OutcomeIndex withdrawn =
        b.outcome("withdrawn_by_unit", text("Withdrawn by the unit", "Đơn vị rút đề xuất"));
    o.accurate = b.inner_outcome("accurate");
    const OutcomeIndex objected = b.inner_outcome("objected");

    const auto titled = [&b](StateIndex state, const char* english, const char* vietnamese) {
        b.at(state).title = text(english, vietnamese);
        return state;
    };
    o.draft = titled(b.task("draft_process", unit), "Draft the process", "Xây dựng quy trình");
    o.appraisal =
        titled(b.task("legal_appraisal", legal), "Legal appraisal", "Thẩm định quy trình");
    o.setup =
        titled(b.task("it_setup", centre), "Set up and install", "Thiết lập, cài đặt quy trình");
    o.units = titled(b.state(Kind::each, "unit_confirmation"), "Units confirm accuracy",
                     "Các đơn vị xác nhận tính chính xác");
    b.at(o.units).item_name = "unit";
    o.confirm = titled(b.task("confirm", confirming, o.units), "Confirm accuracy",
                       "Xác nhận tính chính xác");
    o.fix = titled(b.task("it_fix", centre), "Correct the process", "Chỉnh sửa quy trình");
    o.pilot = titled(b.state(Kind::group, "piloting"), "Pilot and submission",
                     "Thử nghiệm và trình phê duyệt");
    o.try_out = titled(b.task("pilot_and_agree", centre, o.pilot), "Pilot and agree with the units",
                       "Thử nghiệm, thống nhất nội dung");
    o.submit = titled(b.task("submit_to_leaders", centre, o.pilot), "Submit to the leaders",
                      "Trình lãnh đạo Bộ");
    o.decide =
        titled(b.task("leaders_decision", leader), "Leaders decide", "Lãnh đạo Bộ phê duyệt");
    o.published =
        titled(b.end("published", published), "Officially provided", "Chính thức cung cấp");

    b.action(root_state, "withdraw", way_end(withdrawn), unit,
             text("Withdraw the proposal", "Rút đề xuất"));
    b.action(o.draft, "submit", way_to(o.appraisal), unit, text("Submit", "Trình thẩm định"));
    b.action(o.appraisal, "agree", way_to(o.setup), legal, text("Agree", "Đồng ý"));
    b.action(o.appraisal, "return", way_to(o.draft), legal, text("Return", "Trả lại"));
    b.action(o.setup, "ask_units_to_confirm", way_to(o.units), centre,
             text("Ask the units to confirm", "Đề nghị các đơn vị xác nhận"));
    b.action(o.confirm, "accurate", way_end(o.accurate), confirming,
             text("It is accurate", "Chính xác"));
    b.action(o.confirm, "object", way_end(objected), confirming,
             text("Ask for changes", "Đề nghị chỉnh sửa"));
    b.at(o.units).to = way_list({way_to(o.pilot), way_to(o.fix)});
    b.action(o.fix, "fixed", way_to(o.units), centre, text("Corrected", "Đã chỉnh sửa"));
    b.action(o.try_out, "agreed", way_to(o.submit), centre, text("Agreed", "Đã thống nhất"));
    b.action(o.try_out, "defects", way_to(o.fix), centre, text("Defects found", "Có lỗi"));
    b.action(o.try_out, "process_wrong", way_to(o.draft), centre,
             text("The process is wrong", "Quy trình chưa đúng"));
    b.action(o.submit, "submit_up", way_to(o.decide), centre, text("Submit", "Trình"));
    b.action(o.decide, "approve", way_to(o.published), leader, text("Approve", "Phê duyệt"));
    b.action(o.decide, "return_to_centre", way_to(o.fix), leader,
             text("Return to the centre", "Trả lại Trung tâm"));
    b.action(o.decide, "return_to_unit", way_to(o.draft), leader,
             text("Return to the unit", "Trả lại đơn vị"));
    b.action(o.decide, "refuse", way_end(refused), leader, text("Refuse", "Không phê duyệt"));

    const auto notify = [](RoleIndex role) {
        Way way = way_stay();
        way.notify = {role};
        return way;
    };
    const ClockIndex setup_clock = b.clock(o.setup, {30, Unit::working_days});
    b.moment(setup_clock, "5 working days before", notify(centre));
    b.model().clocks[setup_clock].moments[0].kind = Moment::Kind::before;
    b.model().clocks[setup_clock].moments[0].distance = {5, Unit::working_days};
    b.moment(setup_clock, "due", notify(leader));
    const ClockIndex confirm_clock = b.clock(o.confirm, {5, Unit::working_days});
    b.moment(confirm_clock, "due", notify(confirming));
    b.moment(confirm_clock, "due", notify(centre));
    b.clock(o.fix, {5, Unit::working_days});
    b.clock(o.pilot, {10, Unit::working_days});
    b.clock(o.decide, {5, Unit::working_days});
    o.model = b.build();
    return o;
}

}  // namespace workflow::testing
