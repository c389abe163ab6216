import django.db.models.deletion
import jiangxin.kernel.privacy.fields
import jiangxin.kernel.text.ids
import jiangxin.orgs.models.paths
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PassportEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=jiangxin.kernel.text.ids.new_uid, editable=False, max_length=26, unique=True, verbose_name='编号')),
                ('kind', models.CharField(max_length=60, verbose_name='种类')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('detail', models.TextField(blank=True, default='', verbose_name='说明')),
                ('happened_on', models.DateField(blank=True, null=True, verbose_name='日期')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='年份')),
                ('issuer', models.CharField(blank=True, default='', max_length=200, verbose_name='授予或出具单位')),
                ('object_type', models.CharField(blank=True, default='', max_length=60, verbose_name='对象种类')),
                ('object_id', models.CharField(blank=True, default='', max_length=40, verbose_name='对象编号')),
                ('evidence', models.JSONField(blank=True, default=dict, verbose_name='证据')),
                ('retracted', models.BooleanField(default=False, verbose_name='撤销所更正的一条')),
                ('is_public', models.BooleanField(default=True, verbose_name='公开')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='记入时间')),
                ('created_by', models.CharField(max_length=60, verbose_name='记入人')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='people.passportentry', verbose_name='更正哪一条')),
            ],
            options={
                'verbose_name': '护照条目',
                'verbose_name_plural': '护照条目',
            },
        ),
        migrations.CreateModel(
            name='EntryVisibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_public', models.BooleanField(verbose_name='公开')),
                ('decided_by', models.CharField(max_length=60, verbose_name='决定人')),
                ('decided_at', models.DateTimeField(auto_now=True, verbose_name='决定时间')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='visibility', to='people.passportentry', verbose_name='护照条目')),
            ],
            options={
                'verbose_name': '条目公开选择',
                'verbose_name_plural': '条目公开选择',
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=jiangxin.kernel.text.ids.new_uid, editable=False, max_length=26, unique=True, verbose_name='编号')),
                ('name', models.CharField(max_length=100, verbose_name='姓名')),
                ('name_key', models.CharField(max_length=100, verbose_name='姓名检索键')),
                ('pinyin', models.CharField(blank=True, default='', max_length=200, verbose_name='拼音')),
                ('initials', models.CharField(blank=True, default='', max_length=50, verbose_name='拼音首字母')),
                ('sex', models.CharField(blank=True, choices=[('male', '男'), ('female', '女')], default='', max_length=6, verbose_name='性别')),
                ('ethnic', models.CharField(blank=True, default='', max_length=2, verbose_name='民族')),
                ('birth_on', models.DateField(blank=True, null=True, verbose_name='出生日期')),
                ('birth_precision', models.CharField(blank=True, choices=[('day', '到日'), ('month', '到月'), ('year', '到年')], default='', max_length=5, verbose_name='出生日期精度')),
                ('political_status', models.CharField(blank=True, default='', max_length=2, verbose_name='政治面貌')),
                ('education', models.CharField(blank=True, default='', max_length=2, verbose_name='学历')),
                ('id_number', jiangxin.kernel.privacy.fields.EncryptedTextField(blank=True, default='', verbose_name='身份证号')),
                ('id_number_index', models.CharField(blank=True, max_length=64, null=True, unique=True, verbose_name='身份证号索引')),
                ('phone', jiangxin.kernel.privacy.fields.EncryptedTextField(blank=True, default='', verbose_name='电话')),
                ('email', jiangxin.kernel.privacy.fields.EncryptedTextField(blank=True, default='', verbose_name='邮箱')),
                ('opath', jiangxin.orgs.models.paths.PathField(blank=True, default='', max_length=244, verbose_name='组织路径')),
                ('unit_text', models.CharField(blank=True, default='', max_length=300, verbose_name='工作单位')),
                ('post_text', models.CharField(blank=True, default='', max_length=200, verbose_name='岗位')),
                ('state', models.CharField(choices=[('active', '在岗'), ('moved', '已调离'), ('retired', '已退休'), ('abroad', '在国外'), ('unreachable', '失去联系'), ('deceased', '已去世')], default='active', max_length=12, verbose_name='状态')),
                ('is_public', models.BooleanField(default=False, verbose_name='公开')),
                ('limited_at', models.DateTimeField(blank=True, null=True, verbose_name='限制处理时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建档时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('canonical', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='主记录')),
                ('org', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.org', verbose_name='所属工会')),
                ('region', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.region', verbose_name='地区')),
            ],
            options={
                'verbose_name': '职工',
                'verbose_name_plural': '职工',
            },
        ),
        migrations.AddField(
            model_name='passportentry',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='people.person', verbose_name='职工'),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=jiangxin.kernel.text.ids.new_uid, editable=False, max_length=26, unique=True, verbose_name='编号')),
                ('kind', models.CharField(choices=[('list', '公布名单'), ('press', '新闻报道'), ('decision', '表彰决定'), ('self', '本人填写'), ('officer', '工会干部录入'), ('import', '批量导入')], max_length=10, verbose_name='种类')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('url', models.CharField(blank=True, default='', max_length=1000, verbose_name='网址')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('retrieved_on', models.DateField(blank=True, null=True, verbose_name='取得日期')),
                ('sha256', models.CharField(blank=True, default='', max_length=64, verbose_name='文件校验值')),
            ],
            options={
                'verbose_name': '出处',
                'verbose_name_plural': '出处',
                'indexes': [models.Index(fields=['kind', 'title'], name='people_source_title')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['list', 'press', 'decision', 'self', 'officer', 'import'])), name='people_source_kind')],
            },
        ),
        migrations.AddField(
            model_name='person',
            name='source',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.source', verbose_name='出处'),
        ),
        migrations.AddField(
            model_name='passportentry',
            name='source',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.source', verbose_name='出处'),
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_text', models.CharField(max_length=300, verbose_name='单位（原文）')),
                ('post', models.CharField(blank=True, default='', max_length=200, verbose_name='岗位')),
                ('worker_kind', models.CharField(blank=True, choices=[('frontline', '一线职工'), ('technical', '专业技术人员'), ('research', '科教人员'), ('management', '管理人员'), ('head', '单位负责人'), ('migrant', '农民工'), ('farmer', '农民'), ('civil', '公务员'), ('institution', '事业单位人员')], default='', max_length=12, verbose_name='人员类别')),
                ('is_new_form', models.BooleanField(default=False, verbose_name='新就业形态')),
                ('is_cross_province', models.BooleanField(default=False, verbose_name='跨省务工')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='开始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='说明')),
                ('employer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.employer', verbose_name='用人单位')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.person', verbose_name='职工')),
                ('source', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.source', verbose_name='出处')),
            ],
            options={
                'verbose_name': '工作经历',
                'verbose_name_plural': '工作经历',
            },
        ),
        migrations.CreateModel(
            name='LinkProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=jiangxin.kernel.text.ids.new_uid, editable=False, max_length=26, unique=True, verbose_name='编号')),
                ('score', models.PositiveSmallIntegerField(verbose_name='把握')),
                ('evidence', models.JSONField(default=list, verbose_name='依据')),
                ('state', models.CharField(choices=[('proposed', '待认定'), ('confirmed', '已认定为同一人'), ('refused', '已认定不是同一人'), ('undone', '认定已撤回')], default='proposed', max_length=10, verbose_name='状态')),
                ('opath', jiangxin.orgs.models.paths.PathField(blank=True, default='', max_length=244, verbose_name='组织路径')),
                ('decided_by', models.CharField(blank=True, default='', max_length=60, verbose_name='认定人')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='认定时间')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='说明')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='记录一')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='记录二')),
            ],
            options={
                'verbose_name': '同一人线索',
                'verbose_name_plural': '同一人线索',
                'indexes': [models.Index(fields=['state', '-score', 'id'], name='people_link_queue')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='people_link_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='people_link_order'), models.CheckConstraint(condition=models.Q(('score__lte', 100)), name='people_link_score'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed', 'refused', 'undone'])), name='people_link_state')],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(default=jiangxin.kernel.text.ids.new_uid, editable=False, max_length=26, unique=True, verbose_name='编号')),
                ('kind', models.CharField(choices=[('wrong', '内容有误'), ('hide', '请求不公开')], max_length=6, verbose_name='请求')),
                ('text', jiangxin.kernel.privacy.fields.EncryptedTextField(verbose_name='理由')),
                ('state', models.CharField(choices=[('open', '待答复'), ('upheld', '已采纳'), ('refused', '未采纳'), ('closed', '已办结')], default='open', max_length=8, verbose_name='状态')),
                ('opath', jiangxin.orgs.models.paths.PathField(blank=True, default='', max_length=244, verbose_name='组织路径')),
                ('is_upheld', models.BooleanField(default=False, verbose_name='已采纳')),
                ('answer', jiangxin.kernel.privacy.fields.EncryptedTextField(blank=True, default='', verbose_name='答复')),
                ('answered_by', models.CharField(blank=True, default='', max_length=60, verbose_name='答复人')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='people.passportentry', verbose_name='护照条目')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='people.person', verbose_name='职工')),
            ],
            options={
                'verbose_name': '异议',
                'verbose_name_plural': '异议',
                'indexes': [models.Index(fields=['state', 'opath'], name='people_dispute_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['wrong', 'hide'])), name='people_dispute_kind'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'upheld', 'refused', 'closed'])), name='people_dispute_state'), models.UniqueConstraint(condition=models.Q(('entry__isnull', False), ('state', 'open')), fields=('entry', 'kind'), name='people_dispute_once')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('profile', '公开个人页面'), ('portrait', '公开照片'), ('contact', '接受工会联系'), ('research', '用于统计研究')], max_length=10, verbose_name='用途')),
                ('text_version', models.CharField(max_length=20, verbose_name='文本版本')),
                ('given_at', models.DateTimeField(verbose_name='同意时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person', verbose_name='职工')),
            ],
            options={
                'verbose_name': '同意',
                'verbose_name_plural': '同意',
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['profile', 'portrait', 'contact', 'research'])), name='people_consent_purpose'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose'), name='people_consent_once'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='people_consent_order')],
            },
        ),
        migrations.CreateModel(
            name='PersonName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名字')),
                ('name_key', models.CharField(max_length=100, verbose_name='检索键')),
                ('kind', models.CharField(choices=[('former', '曾用名'), ('dotted', '带间隔号的写法'), ('latin', '拉丁字母写法'), ('alias', '别名')], max_length=8, verbose_name='种类')),
                ('pinyin', models.CharField(blank=True, default='', max_length=200, verbose_name='拼音')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='people.person', verbose_name='职工')),
            ],
            options={
                'verbose_name': '其他名字',
                'verbose_name_plural': '其他名字',
                'indexes': [models.Index(fields=['name_key'], name='people_name_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['former', 'dotted', 'latin', 'alias'])), name='people_name_kind'), models.UniqueConstraint(fields=('person', 'name', 'kind'), name='people_name_once')],
            },
        ),
        migrations.CreateModel(
            name='SkillLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occupation_text', models.CharField(blank=True, default='', max_length=100, verbose_name='职业（原文）')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, '学徒工'), (2, '初级工'), (3, '中级工'), (4, '高级工'), (5, '技师'), (6, '高级技师'), (7, '特级技师'), (8, '首席技师')], verbose_name='等级')),
                ('how', models.CharField(choices=[('exam', '考核评价'), ('contest', '竞赛晋级'), ('direct', '直接认定'), ('promotion', '破格晋升'), ('conversion', '贯通转换')], max_length=10, verbose_name='取得方式')),
                ('authority', models.CharField(blank=True, default='', max_length=200, verbose_name='评定机构')),
                ('certificate_no', models.CharField(blank=True, default='', max_length=60, verbose_name='证书编号')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='发证日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('occupation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.occupation', verbose_name='职业')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='people.person', verbose_name='职工')),
                ('source', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.source', verbose_name='出处')),
            ],
            options={
                'verbose_name': '技能等级',
                'verbose_name_plural': '技能等级',
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 8)), name='people_skill_level'), models.CheckConstraint(condition=models.Q(('how__in', ['exam', 'contest', 'direct', 'promotion', 'conversion'])), name='people_skill_how'), models.CheckConstraint(condition=models.Q(('occupation__isnull', False), models.Q(('occupation_text', ''), _negated=True), _connector='OR'), name='people_skill_occupation'), models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('valid_until__isnull', True), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='people_skill_order')],
            },
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['name_key'], name='people_person_name_key'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['opath', 'id'], name='people_person_opath'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('canonical__isnull', False)), fields=['canonical'], name='people_person_canonical'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('sex', 'male'), ('sex', 'female'), ('sex', ''), _connector='OR'), name='people_person_sex'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'active'), ('state', 'moved'), ('state', 'retired'), ('state', 'abroad'), ('state', 'unreachable'), ('state', 'deceased'), _connector='OR'), name='people_person_state'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='people_person_named'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('canonical', models.F('id')), _negated=True), name='people_person_not_own_canonical'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('birth_on__isnull', True), ('birth_precision', '')), models.Q(('birth_on__isnull', False), models.Q(('birth_precision', 'day'), ('birth_precision', 'month'), ('birth_precision', 'year'), _connector='OR')), _connector='OR'), name='people_person_birth_precision'),
        ),
        migrations.AddIndex(
            model_name='passportentry',
            index=models.Index(condition=models.Q(('object_id', ''), _negated=True), fields=['object_type', 'object_id'], name='people_entry_object'),
        ),
        migrations.AddConstraint(
            model_name='passportentry',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='people_entry_title'),
        ),
        migrations.AddConstraint(
            model_name='passportentry',
            constraint=models.CheckConstraint(condition=models.Q(('retracted', False), ('corrects__isnull', False), _connector='OR'), name='people_entry_retracts_something'),
        ),
        migrations.AddConstraint(
            model_name='passportentry',
            constraint=models.CheckConstraint(condition=models.Q(('year__isnull', True), models.Q(('year__gte', 1900), ('year__lte', 2200)), _connector='OR'), name='people_entry_year'),
        ),
        migrations.AddConstraint(
            model_name='passportentry',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='people_entry_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.CheckConstraint(condition=models.Q(('worker_kind', ''), ('worker_kind', 'frontline'), ('worker_kind', 'technical'), ('worker_kind', 'research'), ('worker_kind', 'management'), ('worker_kind', 'head'), ('worker_kind', 'migrant'), ('worker_kind', 'farmer'), ('worker_kind', 'civil'), ('worker_kind', 'institution'), _connector='OR'), name='people_employment_kind'),
        ),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.CheckConstraint(condition=models.Q(('from_on__isnull', True), ('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='people_employment_order'),
        ),
        migrations.AddConstraint(
            model_name='employment',
            constraint=models.CheckConstraint(condition=models.Q(('unit_text', ''), _negated=True), name='people_employment_unit'),
        ),
    ]
